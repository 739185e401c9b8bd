package io.myrixen.xen.host;

import io.myrixen.xen.XenException;
import io.myrixen.xen.XenException.Reason;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Properties;

/**
 * What a process needs to be a domain, as it stands in a properties file that its user alone may
 * read: {@code socket}, {@code domid}, {@code token}.
 *
 * @param socket the hypervisor's domain socket
 * @param domid the domain's id
 * @param token its secret
 */
public record TokenFile(Path socket, int domid, Token token) {

  private static final String SOCKET_KEY = "socket";
  private static final String DOMID_KEY = "domid";
  private static final String TOKEN_KEY = "token";

  /**
   * Reads one.
   *
   * @throws XenException with {@code NO_HYPERVISOR} if there is no such file, {@code BAD_REQUEST}
   *     if it makes no sense, {@code SYSTEM} if it cannot be read; the message names the file
   */
  public static TokenFile read(Path file) {
    var properties = new Properties();
    try {
      properties.load(new StringReader(Files.readString(file)));
    } catch (NoSuchFileException e) {
      throw new XenException(
          Reason.NO_HYPERVISOR,
          "no token file " + file + ": its domain has ended, or was never created",
          e);
    } catch (IOException | IllegalArgumentException e) {
      throw new XenException(Reason.SYSTEM, "cannot read token file " + file + ": " + e, e);
    }
    String domid = value(file, properties, DOMID_KEY);
    try {
      return new TokenFile(
          Path.of(value(file, properties, SOCKET_KEY)),
          Integer.parseInt(domid),
          Token.parse(value(file, properties, TOKEN_KEY)));
    } catch (NumberFormatException e) {
      throw new XenException(
          Reason.BAD_REQUEST, "token file " + file + ": " + DOMID_KEY + " is \"" + domid + "\"", e);
    }
  }

  private static String value(Path file, Properties properties, String key) {
    String value = properties.getProperty(key);
    if (value == null) {
      throw new XenException(Reason.BAD_REQUEST, "token file " + file + ": " + key + " is missing");
    }
    return value.trim();
  }

  /**
   * Writes it to {@code file}, readable for {@code uid} alone from its first byte on.
   *
   * @throws XenException with {@code SYSTEM} if that cannot be; the message names the file
   */
  public void write(Path file, long uid) {
    String text =
        "%s=%s\n%s=%d\n%s=%s\n"
            .formatted(
                SOCKET_KEY,
                socket.toAbsolutePath().toString().replace("\\", "\\\\"),
                DOMID_KEY,
                domid,
                TOKEN_KEY,
                token.hex());
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.deleteIfExists(fresh);
      Files.createFile(
          fresh,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(fresh, text);
      if ((int) Files.getAttribute(fresh, "unix:uid") != (int) uid) {
        Files.setAttribute(fresh, "unix:uid", (int) uid);
      }
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | UncheckedIOException e) {
      throw new XenException(Reason.SYSTEM, "cannot write token file " + file + ": " + e, e);
    }
  }
}
