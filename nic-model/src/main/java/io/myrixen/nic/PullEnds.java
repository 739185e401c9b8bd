package io.myrixen.nic;

import io.myrixen.mx.window.Descriptor;
import io.myrixen.mx.window.Kind;

/** Tells VMs that their pulls have ended. */
final class PullEnds {

  private final Bells bells;
  private final Descriptor completion = new Descriptor();

  PullEnds(Bells bells) {
    this.bells = bells;
  }

  /**
   * Writes the completion of {@code command}, for which there is room.
   *
   * @param status 0, or one of {@link io.myrixen.mx.window.NackType}
   * @param moved bytes of the message, from its beginning, that have been moved
   */
  void write(NicEndpoint puller, Descriptor command, int status, long moved) {
    completion.clear();
    completion.kind = Kind.PULL_DONE;
    completion.endpoint = command.endpoint;
    completion.nicId = command.nicId;
    completion.session = command.session;
    completion.length = (int) moved;
    completion.cookie(command.cookie());
    completion.pullStatus(status);
    puller.completions().write(completion);
    bells.touch(puller);
  }
}
