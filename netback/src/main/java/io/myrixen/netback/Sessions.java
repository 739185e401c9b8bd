package io.myrixen.netback;

import java.security.SecureRandom;

/** Issues session ids, which a VM must not be able to guess. */
final class Sessions {

  private final SecureRandom random = new SecureRandom();

  /** Returns a session id; never 0, which no endpoint has. */
  int nextSession() {
    int session = random.nextInt();
    while (session == 0) {
      session = random.nextInt();
    }
    return session;
  }
}
