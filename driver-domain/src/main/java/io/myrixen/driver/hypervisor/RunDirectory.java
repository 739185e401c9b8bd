package io.myrixen.driver.hypervisor;

import io.myrixen.driver.process.PrivateDirectory;
import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.host.Hypervisors;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * The directory that a service has to itself while it lives, by a lock that the system drops
 * whichever way the service dies. What an earlier one left there is removed.
 */
final class RunDirectory implements AutoCloseable {

  private static final Logger LOG = System.getLogger(RunDirectory.class.getName());

  private static final String LOCK_FILE = "hypervisor.lock";

  /** Others may reach what they know the name of. */
  private static final String PASSABLE = "rwx--x--x";

  /** How often a lock file may vanish under us while another service ends, before we give up. */
  private static final int LOCK_TRIES = 10;

  /**
   * Lengths to choose from: sparse, so that they cost nothing, and two files hardly have the same.
   */
  private static final long LOCK_FILE_LENGTHS = 1L << 30;

  private final Path path;
  private final FileChannel lock;

  private RunDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Makes {@code path} if need be, and takes it.
   *
   * @throws XenException with {@code NOT_PERMITTED} if a living service has it or it is not ours,
   *     {@code SYSTEM} if it cannot be made
   */
  static RunDirectory claim(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    try {
      PrivateDirectory.make(absolute);
      var directory = new RunDirectory(absolute, lock(absolute));
      directory.removeLeftovers();
      PrivateDirectory.make(directory.tokens());
      return directory;
    } catch (IOException e) {
      throw new XenException(Reason.SYSTEM, "cannot use run directory " + absolute + ": " + e, e);
    }
  }

  private static FileChannel lock(Path directory) throws IOException {
    Path file = directory.resolve(LOCK_FILE);
    for (int tries = 0; tries < LOCK_TRIES; tries++) {
      FileChannel channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (tryLock(channel) == null) {
        channel.close();
        throw new XenException(
            Reason.NOT_PERMITTED, "a hypervisor runs in " + directory + " already");
      }
      // The one that ends removes its file: ours may be one that nobody else can find any more. Its
      // length tells, and not its contents: closing any descriptor of a file drops its lock.
      long length = 1 + ThreadLocalRandom.current().nextLong(LOCK_FILE_LENGTHS);
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(new byte[1]), length - 1);
      if (length == length(file)) {
        return channel;
      }
      channel.close();
    }
    throw new XenException(Reason.SYSTEM, "cannot keep " + file + ": somebody removes it");
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      return null; // A service of this JVM has it.
    }
  }

  private static long length(Path file) throws IOException {
    try {
      return Files.size(file);
    } catch (NoSuchFileException _) {
      return 0;
    }
  }

  Path path() {
    return path;
  }

  Path toolstackSocket() {
    return path.resolve(Hypervisors.TOOLSTACK_SOCKET);
  }

  Path domainSocket() {
    return path.resolve(Hypervisors.DOMAIN_SOCKET);
  }

  private Path tokens() {
    return path.resolve(Hypervisors.TOKENS_DIRECTORY);
  }

  /**
   * Sets who may connect, once both sockets are there; the directory has kept others out so far.
   */
  void restrictSockets() {
    try {
      Files.setPosixFilePermissions(
          toolstackSocket(), PosixFilePermissions.fromString("rw-------"));
      Files.setPosixFilePermissions(domainSocket(), PosixFilePermissions.fromString("rw-rw-rw-"));
    } catch (IOException e) {
      throw new XenException(Reason.SYSTEM, "cannot restrict the sockets in " + path, e);
    }
  }

  /** Lets processes of other users reach the domain socket and their own token file. */
  void openToOtherUsers() {
    try {
      Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(PASSABLE));
      Files.setPosixFilePermissions(tokens(), PosixFilePermissions.fromString(PASSABLE));
    } catch (IOException e) {
      throw new XenException(Reason.SYSTEM, "cannot open " + path + " to other users", e);
    }
  }

  /** Removes the token file of a domain that has ended. */
  void removeToken(int domid) {
    try {
      Files.deleteIfExists(tokens().resolve(Integer.toString(domid)));
    } catch (IOException e) {
      LOG.log(Level.WARNING, "cannot remove the token of domain " + domid, e); // It is worthless.
    }
  }

  private void removeLeftovers() throws IOException {
    Files.deleteIfExists(toolstackSocket());
    Files.deleteIfExists(domainSocket());
    if (Files.isDirectory(tokens(), LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> files = Files.newDirectoryStream(tokens())) {
        for (Path file : files) {
          Files.delete(file);
        }
      }
    }
    Files.deleteIfExists(tokens());
  }

  /** Removes what belongs to this service, the directory too if nothing else is in it. */
  @Override
  public void close() {
    try (lock) {
      removeLeftovers();
      Files.deleteIfExists(path.resolve(LOCK_FILE));
      try (DirectoryStream<Path> rest = Files.newDirectoryStream(path)) {
        if (!rest.iterator().hasNext()) {
          Files.delete(path);
        }
      }
    } catch (IOException e) {
      throw new XenException(Reason.SYSTEM, "cannot clear run directory " + path + ": " + e, e);
    }
  }
}
