package io.myrixen.mx;

/**
 * Why an endpoint has sent things again, dropped what came, been refused, or held messages back;
 * part of {@link EndpointCounters}. Messages, where nothing else is said.
 *
 * @param resendsTimeout sent again since nothing was acknowledged for too long
 * @param resendsFast sent again since acknowledgements repeated each other
 * @param resendsGap sent again since a later acknowledgement stopped at them
 * @param resendsCredit sent again since the receiver had had no room
 * @param resendsConnect connect requests sent again
 * @param probes empty duplicates sent to hear whether a partner lives that owes something
 * @param staleEras packets dropped since they belong to an earlier state of both sides
 * @param beyondWindow packets dropped since their number lies further ahead than any sender may be
 * @param strangers packets dropped since nobody has connected from there, or has been given up
 *     since
 * @param staleConnects connect requests and replies dropped since later ones overtook them
 * @param nacksBadEndpoint refusals: no such endpoint
 * @param nacksEndpointClosed refusals: endpoint not open
 * @param nacksBadSession refusals: endpoint opened anew
 * @param nacksUnreachable refusals: no such NIC
 * @param nacksUnmatched refusals dropped since they name nothing that is in flight
 * @param nacksUnknown refusals dropped since there is no such reason
 * @param wraps how often sequence numbers of messages sent began anew at 0
 * @param hostQueries questions to NICs whether they live, since an endpoint there was silent
 * @param hostReplies answers to these
 * @param giveUps partners and connects given up after silence
 * @param timeouts sends and connects ended at a time that their caller had set
 * @param peerRestarts partners that were found to have been opened anew
 * @param peerReconnects partners that had given this endpoint up and connected again
 * @param heldByCongestion times that messages waited for the network to bear more
 * @param heldByLifetime times that messages waited for frames of an earlier use of their numbers to
 *     be gone
 * @param announcedForLag short messages sent by rendezvous since acknowledgements lagged
 * @param gapsTold acknowledgements sent at once since something arrived behind a gap
 */
public record ReliabilityCounters(
    long resendsTimeout,
    long resendsFast,
    long resendsGap,
    long resendsCredit,
    long resendsConnect,
    long probes,
    long staleEras,
    long beyondWindow,
    long strangers,
    long staleConnects,
    long nacksBadEndpoint,
    long nacksEndpointClosed,
    long nacksBadSession,
    long nacksUnreachable,
    long nacksUnmatched,
    long nacksUnknown,
    long wraps,
    long hostQueries,
    long hostReplies,
    long giveUps,
    long timeouts,
    long peerRestarts,
    long peerReconnects,
    long heldByCongestion,
    long heldByLifetime,
    long announcedForLag,
    long gapsTold) {}
