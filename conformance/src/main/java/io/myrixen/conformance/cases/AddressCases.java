package io.myrixen.conformance.cases;

import static io.myrixen.conformance.kit.Check.equal;
import static io.myrixen.conformance.kit.Check.same;
import static io.myrixen.conformance.kit.Check.that;

import io.myrixen.conformance.kit.ConformanceCase;
import io.myrixen.conformance.kit.Paths;
import io.myrixen.conformance.kit.Scene;
import io.myrixen.mx.Endpoint;
import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import io.myrixen.mx.StatusCode;
import java.util.List;

/** Contexts of addresses, and giving addresses up. */
final class AddressCases {

  private static final String SECTION = "MX API 1.8.7";
  private static final String CONTEXT_TEST = "Open-MX test addr_context";

  private AddressCases() {}

  static List<ConformanceCase> cases() {
    return List.of(
        ConformanceCase.of(
            "address-context-is-null-at-first",
            CONTEXT_TEST,
            "An address has no context until one is set.",
            Paths.EACH,
            AddressCases::nullAtFirst),
        ConformanceCase.of(
            "address-context-is-found-through-source",
            CONTEXT_TEST,
            "A context set on an address is found through the source of messages from there, and "
                + "the other way round.",
            Paths.EACH,
            AddressCases::foundThroughSource),
        ConformanceCase.of(
            "address-context-belongs-to-one-endpoint",
            SECTION,
            "Two endpoints connected to the same one have an address, and a context, each.",
            Paths.TO_OTHERS,
            AddressCases::oneEndpointOnly),
        ConformanceCase.of(
            "disconnect-ends-pending-sends",
            SECTION,
            "A disconnect ends what is pending to the partner with ENDPOINT_UNREACHABLE.",
            Paths.TO_OTHERS,
            AddressCases::disconnectEndsPending),
        ConformanceCase.of(
            "disconnected-address-is-unreachable",
            "MX API 1.8.4",
            "A send to an address that was disconnected ends with ENDPOINT_UNREACHABLE.",
            Paths.TO_OTHERS,
            AddressCases::disconnectedIsUnreachable),
        ConformanceCase.of(
            "disconnect-drops-unexpected-messages",
            SECTION,
            "A disconnect drops the partner's messages that no receive has taken.",
            Paths.TO_OTHERS,
            AddressCases::disconnectDropsUnexpected),
        ConformanceCase.of(
            "disconnect-allows-a-new-connect",
            SECTION,
            "After a disconnect a new connect makes a new address, and messages flow both ways.",
            Paths.TO_OTHERS,
            AddressCases::connectAnew),
        ConformanceCase.of(
            "disconnect-leaves-others",
            SECTION,
            "A disconnect from one partner leaves messages and requests of others.",
            Paths.TO_OTHERS,
            AddressCases::disconnectLeavesOthers));
  }

  private static void nullAtFirst(Scene scene) {
    same(null, scene.toB().context(), "context of a new address");
    Request receive = Scene.receive(scene.b(), scene.memory(8), 1);
    scene.a().isend(scene.message(8, 1), scene.toB(), 1, null);
    Status status = scene.ends(scene.b(), receive, StatusCode.SUCCESS, "the receive");
    same(null, status.source().context(), "context of the source of a first message");
  }

  private static void foundThroughSource(Scene scene) {
    Object one = new Object();
    Object other = new Object();
    same(scene.toB(), scene.toB().context(one), "what setting a context gives");
    Request receive = Scene.receive(scene.a(), scene.memory(8), 1);
    scene.b().isend(scene.message(8, 1), scene.toA(), 1, null);
    Status status = scene.ends(scene.a(), receive, StatusCode.SUCCESS, "the receive");
    same(one, status.source().context(), "context found through the source");
    status.source().context(other);
    same(other, scene.toB().context(), "context set through the source");
    same(scene.toB(), status.source(), "the source of a message from there");
  }

  private static void oneEndpointOnly(Scene scene) {
    Endpoint second = scene.openNear(Scene.options());
    EndpointAddress fromSecond = scene.connect(second, scene.b());
    scene.toB().context("first");
    same(null, fromSecond.context(), "context that another endpoint has set");
    fromSecond.context("second");
    equal("first", scene.toB().context(), "context of the first endpoint's address");
  }

  private static void disconnectEndsPending(Scene scene) {
    Request large = Scene.send(scene.a(), scene.message(100_000, 1), scene.toB(), 1);
    Request synchronous = Scene.sendSync(scene.a(), scene.message(8, 1), scene.toB(), 2);
    scene.fence();
    scene.a().disconnect(scene.toB());
    scene.ends(scene.a(), large, StatusCode.ENDPOINT_UNREACHABLE, "a large send");
    scene.ends(scene.a(), synchronous, StatusCode.ENDPOINT_UNREACHABLE, "an issend");
  }

  private static void disconnectedIsUnreachable(Scene scene) {
    EndpointAddress gone = scene.toB();
    scene.a().disconnect(gone);
    for (int length : Lengths.MIXED) {
      Request send = Scene.send(scene.a(), scene.message(length, 1), gone, 1);
      scene.ends(scene.a(), send, StatusCode.ENDPOINT_UNREACHABLE, "a send to where nobody is");
    }
  }

  private static void disconnectDropsUnexpected(Scene scene) {
    for (int length : Lengths.MIXED) {
      scene.b().isend(scene.message(length, 1), scene.toA(), 0x40 + length, null);
    }
    scene.fence(scene.b(), scene.toA(), scene.a());
    that(scene.a().iprobe(0x40, -1, new Status()), "a message is not there before");
    scene.a().disconnect(scene.toB());
    for (int length : Lengths.MIXED) {
      that(
          !scene.a().iprobe(0x40 + length, -1, new Status()),
          "a message of %d from a disconnected partner is there".formatted(length));
    }
  }

  private static void connectAnew(Scene scene) {
    EndpointAddress before = scene.toB();
    scene.toA();
    scene.fence();
    scene.a().disconnect(before);
    EndpointAddress after = scene.connect(scene.a(), scene.b());
    that(!before.equals(after), "a connect after a disconnect gives the old address");
    scene.fence(scene.a(), after, scene.b());
    scene.fence(scene.b(), scene.connect(scene.b(), scene.a()), scene.a());
  }

  private static void disconnectLeavesOthers(Scene scene) {
    Endpoint second = scene.openFar(Scene.options());
    EndpointAddress toSecond = scene.connect(scene.a(), second);
    EndpointAddress fromSecond = scene.connect(second, scene.a());
    Request pending = Scene.sendSync(scene.a(), scene.message(8, 1), toSecond, 1);
    second.isend(scene.message(8, 2), fromSecond, 2, null);
    scene.fence(second, fromSecond, scene.a());
    scene.a().disconnect(scene.toB());
    Scene.pending(scene.a(), pending, "an issend to another partner");
    that(scene.a().iprobe(2, -1, new Status()), "a message of another partner is not there");
    Request receive = Scene.receive(second, scene.memory(8), 1);
    scene.ends(second, receive, StatusCode.SUCCESS, "the other partner's receive");
    scene.ends(scene.a(), pending, StatusCode.SUCCESS, "the issend to another partner");
  }
}
