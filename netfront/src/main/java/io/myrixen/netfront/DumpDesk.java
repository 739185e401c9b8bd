package io.myrixen.netfront;

import static java.lang.System.Logger.Level.DEBUG;

import io.myrixen.mx.board.EndpointInspection;
import io.myrixen.mx.control.DumpKeys;
import io.myrixen.mx.control.HandshakeKeys;
import io.myrixen.xen.StoreView;
import io.myrixen.xen.XenStore;
import io.myrixen.xen.XenStoreException;
import io.myrixen.xen.bus.DeviceEnd;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Answers the toolstack's questions about the endpoints of one device, one at a time: asks the
 * endpoint's library and looks again every millisecond until it has answered, never waiting.
 * Confined to the control thread.
 */
final class DumpDesk {

  /** How often a busy library is looked at. */
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /** How long: an application that is inside for longer without a pause is told of as busy. */
  private static final long LIMIT_NS = TimeUnit.SECONDS.toNanos(1);

  private static final System.Logger LOG = System.getLogger(DumpDesk.class.getName());

  private final XenStore store;
  private final DeviceEnd own;
  private boolean changed;

  /** The question under way, as its node has it, or null. */
  private @Nullable String request;

  private long endNs;
  private @Nullable EndpointInspection asked;

  /** Serves the device whose frontend is {@code own}. */
  DumpDesk(XenStore store, DeviceEnd own) {
    this.store = store;
    this.own = own;
  }

  /** Whether a watch event tells of a question or an answer, and of nothing else. */
  static boolean concerns(String eventPath) {
    return eventPath.contains("/" + DumpKeys.DIRECTORY + "/")
        || eventPath.endsWith("/" + DumpKeys.DIRECTORY);
  }

  /** Whether such an event may tell of a question, asked or taken back. */
  static boolean asks(String eventPath) {
    return eventPath.endsWith("/" + DumpKeys.REQUEST)
        || eventPath.endsWith("/" + DumpKeys.DIRECTORY);
  }

  /** There may be a question. */
  void changed() {
    changed = true;
  }

  /** Nanoseconds until it wants to look again, or {@code Long.MAX_VALUE}. */
  long nextDeadlineNs() {
    return asked == null ? Long.MAX_VALUE : LOOK_NS;
  }

  /** Does what is due. Returns how much that was. */
  int doWork(@Nullable Link link, long nowNs) {
    int work = 0;
    if (changed) {
      changed = false;
      work++;
      read(link, nowNs);
    }
    EndpointInspection current = asked;
    if (current == null) {
      return work;
    }
    String text = current.poll();
    if (text != null) {
      answer(text);
      return work + 1;
    }
    if (nowNs - endNs >= 0) {
      answer(null);
      return work + 1;
    }
    return work;
  }

  private void read(@Nullable Link link, long nowNs) {
    String found = find(store);
    if (found == null) {
      request = null;
      asked = null;
      return;
    }
    if (found.equals(request)) {
      return;
    }
    request = found;
    endNs = nowNs + LIMIT_NS;
    String[] words = found.split(" ", -1);
    long endpointId = words.length == 2 ? HandshakeKeys.number(words[1]) : -1;
    VmPort port = link == null ? null : link.port(endpointId);
    asked = port == null ? null : port.inspection();
    if (asked == null) {
      answer("");
    } else {
      asked.ask();
    }
  }

  private @Nullable String find(StoreView view) {
    return own.find(view, DumpKeys.REQUEST);
  }

  /** Writes an answer; null is "too busy". */
  private void answer(@Nullable String text) {
    String question = request;
    asked = null;
    if (question == null) {
      return;
    }
    String id = question.split(" ", 2)[0];
    try {
      store.<Boolean>transact(view -> {
        if (!question.equals(find(view))) {
          return false;
        }
        int parts = text == null ? DumpKeys.BUSY : write(view, text);
        view.write(own.path() + "/" + DumpKeys.ANSWER, id + " " + parts);
        return true;
      });
    } catch (XenStoreException e) {
      if (store.disconnected()) {
        throw e;
      }
      // A quota, or a question that is no number: who asked hears nothing, as of a stopped VM.
      LOG.log(DEBUG, "cannot answer {0}: {1}", question, e.getMessage());
    }
  }

  private int write(StoreView view, String text) {
    int parts = 0;
    for (int at = 0; at < text.length(); at += DumpKeys.PART_CHARS) {
      int end = Math.min(text.length(), at + DumpKeys.PART_CHARS);
      view.write(own.path() + "/" + DumpKeys.PART_PREFIX + parts++, text.substring(at, end));
    }
    return parts;
  }
}
