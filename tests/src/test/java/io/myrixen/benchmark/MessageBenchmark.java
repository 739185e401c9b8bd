package io.myrixen.benchmark;

import io.myrixen.mx.Mx;
import io.myrixen.mx.Request;
import io.myrixen.mx.Status;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** One message from VM to VM: what both libraries and the NIC do for it, in one thread. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 1,
    jvmArgsAppend = {
      "--enable-native-access=ALL-UNNAMED",
      "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
      "-XX:+UseSerialGC"
    })
@SuppressWarnings("NullAway.Init") // JMH calls connect() first.
public class MessageBenchmark {

  private static final long MATCH_INFO = 5;

  /** Each class once: tiny, small, medium of one send slot and of eight, large. */
  @Param({"8", "128", "4096", "32768", "1048576"})
  public int size;

  private final Status status = new Status();
  private SteppedPair pair;
  private MemorySegment source;
  private MemorySegment target;
  private Request send;
  private Request receive;

  /** Connects two VMs and registers what a message needs. */
  @Setup
  public void connect() {
    pair = new SteppedPair();
    source = pair.alice.allocate(size);
    target = pair.bob.allocate(size);
    send = pair.alice.newRequest();
    receive = pair.bob.newRequest();
  }

  /** Ends the VMs. */
  @TearDown
  public void close() {
    pair.close();
  }

  /** Post, send, the NIC's turns, progress and completion on both sides. */
  @Benchmark
  public Status message() {
    pair.tick();
    pair.bob.irecv(target, MATCH_INFO, Mx.MATCH_EXACT, receive);
    pair.alice.isend(source, pair.bobOfAlice, MATCH_INFO, send);
    while (!pair.bob.test(receive, status)) {
      pair.nic();
    }
    while (!pair.alice.test(send, status)) {
      pair.nic();
      pair.bob.progress();
    }
    return status;
  }

  /** A look of the library at an endpoint where nothing happens. */
  @Benchmark
  public boolean idleProgress() {
    return pair.alice.progress();
  }
}
