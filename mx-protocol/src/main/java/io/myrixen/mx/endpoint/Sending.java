package io.myrixen.mx.endpoint;

import io.myrixen.mx.EndpointAddress;
import io.myrixen.mx.MxException;
import io.myrixen.mx.ReturnCode;
import io.myrixen.mx.StatusCode;
import io.myrixen.mx.match.MatchNode;
import io.myrixen.mx.window.Kind;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Starts sends and receives. Inside the gate. */
final class Sending {

  /** Sends between two passes that an application makes which does nothing but send. */
  private static final int SENDS_PER_PASS = 16;

  private final Engine engine;
  private final Waiting waiting;
  private int sends;

  Sending(Engine engine, Waiting waiting) {
    this.engine = engine;
    this.waiting = waiting;
  }

  void send(
      List<MemorySegment> segments,
      EndpointAddress destination,
      long matchInfo,
      @Nullable EndpointRequest request,
      boolean synchronous) {
    Partner partner = judge(destination, request);
    Outgoing message = engine.sender.take();
    try {
      message.segments.set(segments, false);
    } catch (MxException e) {
      engine.sender.recycle(message);
      throw e;
    }
    start(partner, message, matchInfo, request, synchronous);
  }

  void send(
      MemorySegment segment,
      EndpointAddress destination,
      long matchInfo,
      @Nullable EndpointRequest request,
      boolean synchronous) {
    Partner partner = judge(destination, request);
    Outgoing message = engine.sender.take();
    try {
      message.segments.set(segment, false);
    } catch (MxException e) {
      engine.sender.recycle(message);
      throw e;
    }
    start(partner, message, matchInfo, request, synchronous);
  }

  private Partner judge(EndpointAddress destination, @Nullable EndpointRequest request) {
    if (request != null) {
      request.checkFree();
    }
    return own(destination);
  }

  /** The partner that {@code destination} is. */
  Partner own(EndpointAddress destination) {
    if (destination instanceof Partner partner && partner.owner == engine.partners) {
      return partner;
    }
    throw new MxException(
        ReturnCode.BAD_ENDPOINT, "not an address that this endpoint gave: " + destination);
  }

  private void start(
      Partner partner,
      Outgoing message,
      long matchInfo,
      @Nullable EndpointRequest request,
      boolean synchronous) {
    long length = message.segments.lengthBytes();
    boolean large = synchronous || length > engine.options.rendezvousThreshold();
    message.kind = large ? Kind.RNDV : Eager.kindOf(length);
    message.matchInfo = matchInfo;
    message.lengthBytes = length;
    message.request = request;
    if (request != null) {
      request.start(EndpointRequest.Kind.SEND, matchInfo, MatchNode.EXACT);
      request.partner = partner;
      request.outgoing = message;
    }
    StatusCode death = partner.death;
    if (death != null) {
      engine.sender.drop(message, death);
    } else if (partner.self) {
      message.partner = partner;
      engine.selfSends.send(message);
    } else {
      if (request == null) {
        engine.sender.promise(message);
      }
      engine.sender.send(partner, message);
      boolean pass = ++sends % SENDS_PER_PASS == 0 || partner.queuedToSend;
      if (pass && !engine.handling.paused()) {
        var _ = waiting.pass();
      } else {
        engine.ring();
      }
    }
  }

  /** Whether the library needs the segments of a send no more. */
  static boolean buffered(EndpointRequest request) {
    if (request.kind != EndpointRequest.Kind.SEND) {
      throw new MxException(ReturnCode.BAD_REQUEST, "only a send is buffered: " + request.kind);
    }
    Outgoing message = request.outgoing;
    return message == null || (message.prepared && message.kind != Kind.RNDV);
  }

  void receive(EndpointRequest request, long matchInfo, long matchMask) {
    request.start(EndpointRequest.Kind.RECEIVE, matchInfo, matchMask);
    long written = engine.commands.written();
    engine.matching.receive(request);
    if (engine.commands.written() != written) {
      engine.ring();
    }
  }
}
