package io.myrixen.driver.fleet;

import io.myrixen.driver.guest.AskingGuest;
import io.myrixen.driver.guest.Line;
import io.myrixen.mx.Mx;
import io.myrixen.mx.MxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two guests of which one is this process, and the other one serves in a VM that somebody else has
 * started. Confined to one thread.
 */
public final class PairedGuests implements AutoCloseable {

  private final AskingGuest asking;
  private final String peer;

  private PairedGuests(AskingGuest asking, String peer) {
    this.asking = asking;
    this.peer = peer;
  }

  /**
   * Connects with the guest that serves on board {@code peer}.
   *
   * @param peer a board's name; {@code vm} stands for {@code vm:0}
   * @param largestBytes the largest message that will be measured, in bytes
   * @throws GuestFailedException if nobody serves there, or it cannot
   */
  public static PairedGuests connect(Mx mx, String peer, long largestBytes) {
    try {
      return new PairedGuests(AskingGuest.connect(mx, peer, largestBytes), peer);
    } catch (MxException e) {
      throw new GuestFailedException(peer + ": " + e.getMessage());
    }
  }

  /** The one that is this process. */
  public ToldGuest here() {
    return new Here();
  }

  /** The one that serves. */
  public ToldGuest there() {
    return new There();
  }

  /** What stands in the way of measuring without intermediate copies: a line for each. */
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    addNote(notes, asking.hostname(), asking.limit());
    addNote(notes, peer, asking.serverLimit());
    return notes;
  }

  private static void addNote(List<String> notes, String name, @Nullable String limit) {
    if (limit != null) {
      notes.add("%s stages messages, its memory is not registered: %s".formatted(name, limit));
    }
  }

  @Override
  public void close() {
    asking.close();
  }

  private static GuestFailedException failed(String name, @Nullable String what) {
    return new GuestFailedException(name + ": " + what);
  }

  /** Does what it is told at once; so the other one has to be told first. */
  private final class Here implements ToldGuest {

    private final Answers answers = new Answers(asking.hostname());

    @Override
    public int index() {
      return asking.index();
    }

    @Override
    public String name() {
      return asking.hostname();
    }

    @Override
    public void send(Line line) {
      answers.heard(asking.answer(line));
    }

    @Override
    public @Nullable Line await(String verb, Duration limit) throws InterruptedException {
      return answers.await(verb, limit);
    }
  }

  /** Is told by messages. */
  private final class There implements ToldGuest {

    @Override
    public int index() {
      return asking.serverIndex();
    }

    @Override
    public String name() {
      return peer;
    }

    @Override
    public void send(Line line) {
      try {
        asking.tell(line);
      } catch (MxException e) {
        throw failed(peer, e.getMessage());
      }
    }

    @Override
    public @Nullable Line await(String verb, Duration limit) {
      try {
        Line line = asking.hear(limit);
        while (!line.verb().equals(verb)) {
          if (line.verb().equals("failed")) {
            throw failed(peer, line.text("what"));
          }
          line = asking.hear(limit);
        }
        return line;
      } catch (MxException e) {
        throw failed(peer, e.getMessage());
      }
    }
  }
}
