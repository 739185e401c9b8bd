package io.myrixen.netback;

import io.myrixen.nic.NicControl;
import io.myrixen.xen.Domain;

/** What every board of this driver domain works with. */
record Services(
    Domain domain,
    NicControl nic,
    NicBells bells,
    Relays relays,
    NetbackContext context,
    Tally tally,
    AfterNic afterNic,
    Sessions sessions) {}
