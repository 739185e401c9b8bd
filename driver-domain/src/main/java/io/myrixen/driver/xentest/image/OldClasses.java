package io.myrixen.driver.xentest.image;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeTransform;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Class files of before Java 6, which the JDK puts into no archive of classes once something was
 * linked to them: made anew as those of today, with the maps of frames that these have.
 */
final class OldClasses {

  private static final int MAJOR_VERSION_OFFSET = 6;

  private static final ClassFile CLASSES =
      ClassFile.of(
          StackMapsOption.GENERATE_STACK_MAPS,
          ClassHierarchyResolverOption.of(
              ClassHierarchyResolver.ofResourceParsing(OldClasses.class.getClassLoader())));

  /** Code is written anew, and its maps with it. */
  private static final ClassTransform RENEWAL =
      ClassTransform.dropping(ClassFileVersion.class::isInstance)
          .andThen(
              ClassTransform.endHandler(
                  builder -> builder.withVersion(ClassFile.latestMajorVersion(), 0)))
          .andThen(ClassTransform.transformingMethodBodies(CodeTransform.ACCEPT_ALL));

  private OldClasses() {}

  /** Copies a jar; whatever the old ones name must be on our own class path. */
  static void renew(Path jar, Path target) throws IOException {
    try (var in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)));
        var out = new ZipOutputStream(new BufferedOutputStream(Files.newOutputStream(target)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        byte[] content = in.readAllBytes();
        out.putNextEntry(new ZipEntry(entry.getName()));
        out.write(isOld(entry.getName(), content) ? renewed(content) : content);
      }
    }
  }

  /** Returns whether a jar has such classes. */
  static boolean in(Path jar) throws IOException {
    try (var in = new ZipInputStream(new BufferedInputStream(Files.newInputStream(jar)))) {
      for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        if (isOld(entry.getName(), in.readNBytes(Long.BYTES))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isOld(String name, byte[] content) {
    return name.endsWith(".class")
        && content.length >= Long.BYTES
        && ByteBuffer.wrap(content).getShort(MAJOR_VERSION_OFFSET) < ClassFile.JAVA_6_VERSION;
  }

  private static byte[] renewed(byte[] old) {
    ClassModel model = CLASSES.parse(old);
    return CLASSES.transformClass(model, RENEWAL);
  }
}
