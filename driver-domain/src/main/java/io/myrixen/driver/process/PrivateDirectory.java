package io.myrixen.driver.process;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.linux.Users;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/** Directories that their owner alone may enter, in places where others may make some too. */
public final class PrivateDirectory {

  private static final String PERMISSIONS = "rwx------";

  private PrivateDirectory() {}

  /**
   * Makes the directory, or sees to it that an existing one is ours and nobody else's.
   *
   * @throws XenException with {@code NOT_PERMITTED} if it is somebody else's, or no directory
   */
  public static void make(Path directory) throws IOException {
    var attributes =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(PERMISSIONS));
    if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
      Path parent = directory.getParent();
      if (parent != null) {
        Files.createDirectories(parent);
      }
      Files.createDirectory(directory, attributes);
    }
    // In a directory such as /tmp somebody else may have been faster.
    int owner = (int) Files.getAttribute(directory, "unix:uid", LinkOption.NOFOLLOW_LINKS);
    if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)
        || owner != (int) Users.currentUid()) {
      throw new XenException(
          Reason.NOT_PERMITTED, "run directory " + directory + " is not a directory of this user");
    }
    Files.setPosixFilePermissions(directory, attributes.value());
  }
}
