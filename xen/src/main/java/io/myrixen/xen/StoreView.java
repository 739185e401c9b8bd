package io.myrixen.xen;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reading and writing the store, outside a transaction or inside one. Paths are absolute, or
 * relative to {@code /local/domain/<own domid>/}. Values are byte strings, taken here as ISO-8859-1
 * text. Every method throws {@link XenStoreException} with the protocol's error.
 */
public interface StoreView {

  /** Returns the value of {@code path}. {@code ENOENT} if it is not there. */
  String read(String path);

  /**
   * Returns the value of {@code path}, or null if it is not there. A node of another domain that
   * has vanished with its ancestors answers {@code EACCES}: the store does not say what one may not
   * see.
   */
  @Nullable String find(String path);

  /** Sets the value of {@code path}, making it and its ancestors if need be. */
  void write(String path, String value);

  /** Makes {@code path}, with an empty value, if it is not there. */
  void mkdir(String path);

  /** Removes {@code path} and all below it. */
  void remove(String path);

  /**
   * Returns the names of the children of {@code path}, in order of creation, all of them however
   * many.
   */
  List<String> list(String path);

  /** Returns the permissions of {@code path}: the owner and default first. */
  List<StorePermission> permissions(String path);

  /** Replaces the permissions of {@code path}. */
  void setPermissions(String path, List<StorePermission> permissions);
}
