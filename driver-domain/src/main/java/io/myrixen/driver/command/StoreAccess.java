package io.myrixen.driver.command;

import io.myrixen.xen.Waiter;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStore.WatchEvent;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.host.HostToolstack;
import java.util.List;
import java.util.function.Function;

/** Commands' way to a running system's store; turns its errors into exit codes. */
final class StoreAccess {

  private StoreAccess() {}

  /** Returns what {@code work} makes of the store. */
  static <T> T with(RunDirectoryOption runDirectory, Function<XenStore, T> work) {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory.path());
        XenStore store = toolstack.openStore()) {
      return work.apply(store);
    } catch (XenStoreException e) {
      throw failure(e);
    }
  }

  /** Prints the paths of {@code count} events, as they come. */
  static void watch(RunDirectoryOption runDirectory, List<String> paths, long count) {
    try (HostToolstack toolstack = HostToolstack.connect(runDirectory.path());
        XenStore store = toolstack.openStore();
        Waiter waiter = toolstack.newWaiter()) {
      waiter.add(store);
      for (String path : paths) {
        store.watch(path, path);
      }
      long printed = 0;
      while (printed < count) {
        WatchEvent event = store.pollWatch();
        if (event != null) {
          System.out.println(event.path());
          System.out.flush();
          printed++;
        } else if (store.disconnected()) {
          throw new CommandFailure(ExitCode.MISSING, "the hypervisor is gone");
        } else {
          waiter.await(-1);
        }
      }
      waiter.remove(store);
    } catch (XenStoreException e) {
      throw failure(e);
    }
  }

  private static CommandFailure failure(XenStoreException e) {
    int exitCode =
        switch (e.error()) {
          case "EINVAL", "E2BIG" -> ExitCode.BAD_USAGE;
          case "EIO" -> ExitCode.MISSING;
          default -> ExitCode.FOUND_WRONG;
        };
    return new CommandFailure(exitCode, String.valueOf(e.getMessage()), e);
  }
}
