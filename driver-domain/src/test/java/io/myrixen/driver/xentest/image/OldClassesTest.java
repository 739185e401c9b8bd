package io.myrixen.driver.xentest.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OldClassesTest {

  private static final byte[] TEXT = {1, 2, 3, 4, 5, 6, 7, 8, 9};

  @TempDir private Path directory;

  /** Has a branch, which a class of today needs a frame for. */
  private static byte[] classOf(int version) {
    var signature = MethodTypeDesc.of(ConstantDescs.CD_int, ConstantDescs.CD_int);
    return ClassFile.of()
        .build(
            ClassDesc.of("Sample"),
            type ->
                type.withVersion(version, 0)
                    .withMethodBody(
                        "sign",
                        signature,
                        ClassFile.ACC_STATIC | ClassFile.ACC_PUBLIC,
                        code ->
                            code.iload(0)
                                .ifThenElse(yes -> yes.iconst_1(), no -> no.iconst_0())
                                .ireturn()));
  }

  private Path jar(byte[] content) throws IOException {
    Path jar = directory.resolve("old.jar");
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      out.putNextEntry(new ZipEntry("text"));
      out.write(TEXT);
      out.putNextEntry(new ZipEntry("Sample.class"));
      out.write(content);
    }
    return jar;
  }

  @Test
  void shouldRenewOldClassesAndNothingElse() throws IOException {
    Path old = jar(classOf(ClassFile.JAVA_5_VERSION));
    assertTrue(OldClasses.in(old));

    Path renewed = directory.resolve("renewed.jar");
    OldClasses.renew(old, renewed);

    assertFalse(OldClasses.in(renewed));
    try (var file = new ZipFile(renewed.toFile())) {
      byte[] sample = file.getInputStream(file.getEntry("Sample.class")).readAllBytes();
      assertEquals(ClassFile.latestMajorVersion(), ClassFile.of().parse(sample).majorVersion());
      assertEquals(List.of(), ClassFile.of().verify(sample));
      assertArrayEquals(TEXT, file.getInputStream(file.getEntry("text")).readAllBytes());
    }
  }

  @Test
  void shouldFindNoOldClassesAmongThoseOfToday() throws IOException {
    assertFalse(OldClasses.in(jar(classOf(ClassFile.JAVA_25_VERSION))));
  }
}
