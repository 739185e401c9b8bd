package io.myrixen.simulation.sabotage;

import io.myrixen.simulation.sabotage.Mutation.Constant;
import io.myrixen.simulation.sabotage.Mutation.Negate;
import io.myrixen.simulation.sabotage.Mutation.Return;
import io.myrixen.simulation.sabotage.Mutation.SkipCalls;
import io.myrixen.simulation.sabotage.Mutation.SkipWrites;
import java.util.List;
import java.util.Optional;

/** The known defects. Each must be found by a campaign within 200 seeds. */
public final class Sabotages {

  private static final String LIBRARY = "io.myrixen.mx.endpoint.";
  private static final String MATCH = "io.myrixen.mx.match.";
  private static final String MEMORY = "io.myrixen.mx.memory.";
  private static final String NIC = "io.myrixen.nic.";

  /** All of them, by the part that they are planted into. */
  public static final List<Sabotage> ALL =
      List.of(
          library(
              "late-taken-as-next",
              "duplicates are taken again",
              "Ordering",
              "arrived",
              new Negate(8)),
          library(
              "early-forgotten",
              "messages that come early are acknowledged, not admitted",
              "Ordering",
              "admitEarly",
              new Return(0)),
          library(
              "ack-never", "acknowledgements never travel alone", "Acks", "flush", new Return(0)),
          library(
              "ack-beyond",
              "an acknowledgement takes one more with it",
              "Acks",
              "take",
              new SkipCalls("distance")),
          library(
              "never-resend",
              "nothing is sent again after a time-out",
              "Resends",
              "runResend",
              new Return(0)),
          library(
              "era-ignored",
              "packets of a partner's state before are taken",
              "Sequence",
              "sameEra",
              new Return(1)),
          library(
              "wrap-at-15-bits",
              "numbers wrap a bit too late",
              "Sequence",
              "next",
              new Constant(16_383, 32_767)),
          library(
              "nack-forgotten", "refusals are not acted upon", "Deaths", "refused", new Return(0)),
          library(
              "nack-believed",
              "refusals of something else are believed",
              "Deaths",
              "names",
              new Return(1)),
          library(
              "dead-keep-sends",
              "sends of a dead partner stay pending",
              "Deaths",
              "drop",
              new Return(0)),
          library(
              "connect-once",
              "a connect is not sent again",
              "Connector",
              "runTimers",
              new SkipCalls("send")),
          library(
              "fragment-twice",
              "a fragment that comes again counts again",
              "Matching",
              "fragment",
              new Negate(0)),
          library(
              "fragment-first-place",
              "every fragment is put at the beginning",
              "Matching",
              "store",
              new SkipCalls("min")),
          library(
              "wildcard-last",
              "unexpected messages are searched from the wrong end",
              "Matching",
              "receive",
              new SkipCalls("takeMatch")),
          library(
              "memory-kept",
              "memory of unexpected messages is not given back",
              "UnexpectedMemory",
              "release",
              new Return(0)),
          library(
              "limit-ignored",
              "unexpected messages take what memory they like",
              "UnexpectedMemory",
              "take",
              new Negate(3)),
          library(
              "time-out-too-soon",
              "requests with a time-out end before it",
              "Deadlines",
              "passed",
              new Negate(2)),
          new Sabotage(
              "contexts-unordered",
              "of the messages in several contexts not the oldest is found",
              MATCH + "InfoQueue",
              "find",
              new Negate(9)),
          library("slot-kept", "send slots are not given back", "Eager", "release", new Return(0)),
          library(
              "notify-lost",
              "the end of a large message is not told",
              "Pulls",
              "tell",
              new Return(0)),
          library(
              "pull-done-ignored",
              "a pull that ended is not noticed",
              "Pulls",
              "done",
              new Return(0)),
          library("feed-stops", "a staged source is filled once", "Larges", "feed", new Return(0)),
          library(
              "seek-ignored",
              "a staged source does not go back",
              "Larges",
              "followSeeks",
              new Return(0)),
          library(
              "completion-ignored",
              "a full receiver's answer is not read",
              "Completions",
              "drain",
              new Return(0)),
          library("bell-unrung", "the NIC is not woken", "Engine", "ring", new Return(0)),
          new Sabotage(
              "slots-not-freed",
              "a free list forgets what is given back",
              MEMORY + "FreeList",
              "release",
              new Return(0)),
          nic(
              "session-unchecked",
              "packets for an opening before are delivered",
              "Switchboard",
              "deliver",
              new SkipCalls("bearsReceiverSession")),
          nic(
              "room-unchecked",
              "a full event queue is written over",
              "ReceiveQueue",
              "hasRoom",
              new Return(1)),
          nic(
              "credit-untold",
              "a sender is not told that there is room again",
              "CreditRelief",
              "relieve",
              new Return(0)),
          nic("refusal-unsent", "a NIC does not refuse", "WireAnswers", "refuse", new Return(0)),
          nic(
              "pull-not-again",
              "what is missing of a pull is not asked for again",
              "Puller",
              "check",
              new Return(0)),
          nic(
              "pull-duplicate-counted",
              "a frame of a pull that comes again counts again",
              "FetchWindow",
              "arrived",
              new Negate(0)),
          nic(
              "replies-forgotten",
              "a request for replies is forgotten",
              "Replier",
              "advance",
              new Return(0)),
          nic(
              "peers-unheard",
              "a NIC does not answer who it is",
              "WireAnswers",
              "queried",
              new SkipWrites("magic")));

  private Sabotages() {}

  private static Sabotage library(
      String name, String what, String className, String method, Mutation mutation) {
    return new Sabotage(name, what, LIBRARY + className, method, mutation);
  }

  private static Sabotage nic(
      String name, String what, String className, String method, Mutation mutation) {
    return new Sabotage(name, what, NIC + className, method, mutation);
  }

  /** The one with that name. */
  public static Optional<Sabotage> named(String name) {
    return ALL.stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** Their names, in the order of {@link #ALL}. */
  public static List<String> names() {
    return ALL.stream().map(Sabotage::name).toList();
  }
}
