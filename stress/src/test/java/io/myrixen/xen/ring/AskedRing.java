package io.myrixen.xen.ring;

import org.openjdk.jcstress.annotations.State;

/** A ring whose back has taken one more request and owes its response. */
@State
public class AskedRing extends SmallRing {

  /** Has the request made and taken. */
  public AskedRing() {
    front.claim();
    front.push();
    back.poll();
  }
}
