package io.myrixen.driver.hypervisor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.myrixen.xen.GrantTable.Access;
import io.myrixen.xen.XenException.Reason;
import io.myrixen.xen.host.DomainFrame;
import io.myrixen.xen.host.DomainRequest;
import io.myrixen.xen.host.DomainRequest.AllocatePort;
import io.myrixen.xen.host.DomainRequest.Grant;
import io.myrixen.xen.host.DomainRequest.Hello;
import io.myrixen.xen.host.DomainRequest.Purpose;
import io.myrixen.xen.host.DomainRequest.Unmap;
import io.myrixen.xen.host.HostDomain;
import io.myrixen.xen.host.HostToolstack;
import io.myrixen.xen.host.HostToolstack.Ticket;
import io.myrixen.xen.host.Token;
import io.myrixen.xen.host.TokenFile;
import io.myrixen.xen.linux.Users;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whoever breaks the protocol loses its own connection, and nobody else notices. */
@Timeout(60)
final class BadClientTest {

  private static final int OK = 0;

  @TempDir private Path directory;
  private HypervisorService service;
  private HostToolstack toolstack;
  private HostDomain bystander;
  private Ticket ticket;
  private Token token;

  @BeforeEach
  void start() {
    service = HypervisorService.start(directory.resolve("run"));
    toolstack = HostToolstack.connect(service.runDirectory());
    bystander = HostDomain.attach(toolstack.createDomain("bystander").tokenFile());
    ticket = toolstack.createDomain("bad");
    token = TokenFile.read(ticket.tokenFile()).token();
  }

  @AfterEach
  void shouldServeTheOthersStill() {
    bystander.grants().grant(0, 1, Access.READ_WRITE).close();
    try (var store = bystander.openStore()) {
      assertEquals("bystander", store.read("name"));
    }
    bystander.close();
    toolstack.close();
    service.close();
  }

  private SocketChannel connect(String socket) throws IOException {
    SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
    channel.connect(UnixDomainSocketAddress.of(service.runDirectory().resolve(socket)));
    return channel;
  }

  private static ByteBuffer frame(DomainRequest request, int sequence) {
    ByteBuffer frame = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
    frame.position(DomainFrame.HEADER_BYTES);
    request.writeBody(frame);
    frame.flip();
    frame.putInt(DomainFrame.LENGTH_OFFSET, frame.limit());
    frame.putShort(DomainFrame.KIND_OFFSET, (short) request.kind());
    frame.putInt(DomainFrame.SEQUENCE_OFFSET, sequence);
    return frame;
  }

  private static ByteBuffer header(int length, int kind) {
    return ByteBuffer.allocate(DomainFrame.HEADER_BYTES)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putInt(DomainFrame.LENGTH_OFFSET, length)
        .putShort(DomainFrame.KIND_OFFSET, (short) kind);
  }

  private Hello hello(Purpose purpose) {
    return new Hello(DomainFrame.VERSION, purpose, ticket.domid(), token);
  }

  private static ByteBuffer read(SocketChannel channel, int length) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    while (bytes.hasRemaining()) {
      assertTrue(channel.read(bytes) > 0, "the connection ended");
    }
    return bytes.flip();
  }

  private record Answer(int status, int sequence, String message) {}

  private static Answer answer(SocketChannel channel) throws IOException {
    ByteBuffer header = read(channel, DomainFrame.HEADER_BYTES);
    int bodyBytes = header.getInt(DomainFrame.LENGTH_OFFSET) - DomainFrame.HEADER_BYTES;
    String message = UTF_8.decode(read(channel, bodyBytes)).toString();
    return new Answer(
        header.getShort(DomainFrame.STATUS_OFFSET),
        header.getInt(DomainFrame.SEQUENCE_OFFSET),
        message);
  }

  private static void assertHungUp(SocketChannel channel) {
    try {
      while (channel.read(ByteBuffer.allocate(64)) >= 0) {
        // An answer may still come before the end.
      }
    } catch (IOException e) {
      assertTrue(String.valueOf(e.getMessage()).contains("reset"), e.toString());
    }
  }

  private void assertRefused(Hello hello, Reason reason) throws IOException {
    try (SocketChannel channel = connect("domain")) {
      channel.write(frame(hello, 1));
      Answer answer = answer(channel);
      assertEquals(reason.code(), answer.status(), answer.message());
      assertHungUp(channel);
    }
  }

  @Test
  void shouldRefuseWhoCannotShowToBeTheDomain() throws IOException {
    int domid = ticket.domid();
    assertRefused(
        new Hello(DomainFrame.VERSION, Purpose.CONTROL, domid, Token.random()),
        Reason.NOT_PERMITTED);
    assertRefused(
        new Hello(DomainFrame.VERSION, Purpose.CONTROL, bystander.domid(), token),
        Reason.NOT_PERMITTED);
    assertRefused(new Hello(DomainFrame.VERSION, Purpose.CONTROL, -1, token), Reason.NO_DOMAIN);
    assertRefused(new Hello(77, Purpose.CONTROL, domid, token), Reason.BAD_REQUEST);
    assertRefused(hello(Purpose.STORE), Reason.NOT_PERMITTED); // Before its process has come.
  }

  @Test
  void shouldRefuseAProcessOfAnotherUser() throws IOException {
    assumeTrue(Users.currentUid() == 0, "only root can give a token file to another user");
    Ticket others = toolstack.createDomain("others", 12_345);
    Token theirs = TokenFile.read(others.tokenFile()).token();
    assertRefused(
        new Hello(DomainFrame.VERSION, Purpose.CONTROL, others.domid(), theirs),
        Reason.NOT_PERMITTED);
  }

  @Test
  void shouldRefuseASecondProcessAndKeepTheFirst() throws IOException {
    try (HostDomain first = HostDomain.attach(ticket.tokenFile())) {
      assertRefused(hello(Purpose.CONTROL), Reason.NOT_PERMITTED);
      first.grants().grant(0, 1, Access.READ_WRITE).close();
    }
  }

  @Test
  void shouldHangUpOnARequestBeforeHello() throws IOException {
    try (SocketChannel channel = connect("domain")) {
      channel.write(frame(new AllocatePort(0), 9));
      assertEquals(Reason.NOT_PERMITTED.code(), answer(channel).status());
      assertHungUp(channel);
    }
  }

  @Test
  void shouldAnswerNonsenseAndGoOnWithADomain() throws IOException {
    try (SocketChannel channel = connect("domain")) {
      channel.write(frame(hello(Purpose.CONTROL), 1));
      assertEquals(new Answer(OK, 1, ""), answer(channel));

      channel.write(header(DomainFrame.HEADER_BYTES, 4711));
      assertEquals(
          new Answer(Reason.BAD_REQUEST.code(), 0, "kind of request kind 4711 is 4711"),
          answer(channel));
      channel.write(frame(hello(Purpose.CONTROL), 2));
      assertEquals(Reason.BAD_REQUEST.code(), answer(channel).status());
      channel.write(frame(new Unmap(5), 3));
      assertEquals(Reason.BAD_REQUEST.code(), answer(channel).status());
      channel.write(frame(new Grant(0, -1, Access.READ_WRITE), 4));
      Answer last = answer(channel);
      assertEquals(Reason.BAD_REQUEST.code(), last.status());
      assertEquals(4, last.sequence());
      channel.write(frame(new Grant(0, Integer.MAX_VALUE, Access.READ_WRITE), 5));
      assertEquals(Reason.NO_SPACE.code(), answer(channel).status());
    }
  }

  @Test
  void shouldHangUpOnLengthsThatCannotBe() throws IOException {
    for (int length :
        new int[] {Integer.MAX_VALUE, -1, 0, 3, 15, DomainFrame.MAX_REQUEST_BYTES + 1}) {
      try (SocketChannel channel = connect("domain")) {
        channel.write(header(length, 2));
        assertHungUp(channel);
      }
    }
  }

  @Test
  void shouldBoundHowManyStrangersItListensTo() throws IOException {
    var strangers = new ArrayList<SocketChannel>();
    try {
      for (int i = 0; i < Guests.MAX_STRANGERS; i++) {
        strangers.add(connect("domain"));
      }
      try (SocketChannel oneMore = connect("domain")) {
        assertHungUp(oneMore);
      }
    } finally {
      for (SocketChannel stranger : strangers) {
        stranger.close();
      }
    }
    try (SocketChannel channel = connect("domain")) {
      eventuallyAdmitted(channel);
    }
  }

  private void eventuallyAdmitted(SocketChannel first) throws IOException {
    SocketChannel channel = first;
    for (int tries = 0; tries < 1_000; tries++) {
      try {
        channel.write(frame(hello(Purpose.CONTROL), 1));
        assertEquals(OK, answer(channel).status());
        return;
      } catch (IOException | AssertionError _) {
        toolstack.counters(); // Takes its turn behind the strangers' ends.
        channel.close();
        channel = connect("domain");
      }
    }
    fail("the strangers are never forgotten");
  }

  @Test
  void shouldWaitForTheRestOfAMessage() throws IOException {
    ByteBuffer whole = frame(hello(Purpose.CONTROL), 1);
    try (SocketChannel channel = connect("domain");
        SocketChannel half = connect("domain")) {
      half.write(whole.duplicate().limit(30)); // It never comes: nobody else waits for it.
      while (whole.hasRemaining()) {
        ByteBuffer one = whole.slice(whole.position(), 1);
        channel.write(one);
        whole.get();
      }
      assertEquals(OK, answer(channel).status());
    }
  }

  @Test
  void shouldHangUpOnWhoAsksAndDoesNotRead() throws IOException {
    try (SocketChannel channel = connect("domain")) {
      channel.write(frame(hello(Purpose.CONTROL), 1));
      DescriptorCount before = DescriptorCount.now();
      try {
        for (int i = 0; i < 100_000; i++) {
          channel.write(frame(new AllocatePort(bystander.domid()), i));
        }
        fail("nobody hung up");
      } catch (IOException e) {
        assertNotNull(e.getMessage()); // A broken pipe or a reset, as it comes.
      }
      DomainProbe.awaitDomains(toolstack, 1);
      assertTrue(DescriptorCount.now().value() <= before.value() + 1, "descriptors are left");
    }
  }

  /** What is in flight counts against the service's user: one who never reads could stop it all. */
  @Test
  void shouldHangUpOnWhoLeavesDescriptorsUnread() throws IOException {
    try (SocketChannel channel = connect("domain")) {
      channel.write(frame(hello(Purpose.CONTROL), 0));
      assertEquals(OK, answer(channel).status());
      int first = 0;
      int count = 1_000;
      for (int i = 0; i < count; i++) {
        channel.write(frame(new Grant(ticket.domid(), 1, Access.READ_WRITE), i));
        int reference = read(channel, DomainFrame.HEADER_BYTES + Integer.BYTES + 1).getInt(16);
        first = i == 0 ? reference : first;
      }
      for (int i = 0; i < 3; i++) {
        int length = DomainFrame.HEADER_BYTES + 5 * Integer.BYTES;
        ByteBuffer map = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        map.put(header(length, 5).clear()).putInt(ticket.domid()).putInt(0);
        channel.write(map.putInt(1).putInt(first).putInt(count).flip());
        // Sockets that are ready together are served in any order, the next time all have been.
        toolstack.counters();
        toolstack.counters();
      }
      assertEquals(OK, answer(channel).status());
      assertHungUp(channel);
    }
  }

  /** Descriptors of this process, which is the service too. */
  private record DescriptorCount(int value) {
    static DescriptorCount now() throws IOException {
      try (var numbers = Files.list(Path.of("/proc/self/fd"))) {
        return new DescriptorCount((int) numbers.count());
      }
    }
  }

  @Test
  void shouldSpeakTheStoresProtocolRightAfterHello() throws IOException {
    try (HostDomain domain = HostDomain.attach(ticket.tokenFile());
        SocketChannel channel = connect("domain")) {
      ByteBuffer both = ByteBuffer.allocate(1024).order(ByteOrder.LITTLE_ENDIAN);
      both.put(frame(hello(Purpose.STORE), 1));
      both.putInt(2).putInt(7).putInt(0).putInt(5).put("name\0".getBytes(UTF_8)); // READ
      channel.write(both.flip());

      assertEquals(OK, answer(channel).status());
      ByteBuffer header = read(channel, 16);
      assertEquals(2, header.getInt());
      assertEquals(7, header.getInt());
      assertEquals("bad", UTF_8.decode(read(channel, header.getInt(12))).toString());
      assertEquals(ticket.domid(), domain.domid());
    }
  }

  @RepeatedTest(20)
  void shouldSurviveGarbageOnBothSockets() throws IOException {
    long seed = Long.getLong("myrixen.seed", RandomGenerator.getDefault().nextLong());
    var random = new SplittableRandom(seed);
    for (String socket : new String[] {"domain", "toolstack"}) {
      try (SocketChannel channel = connect(socket)) {
        var bytes = new byte[random.nextInt(1, 5_000)];
        random.nextBytes(bytes);
        if (socket.equals("domain") && random.nextBoolean()) {
          channel.write(frame(hello(Purpose.CONTROL), 1));
          bytes[2] = 0; // A length that may be whole.
          bytes[3] = 0;
        }
        channel.write(ByteBuffer.wrap(bytes));
      }
    }
    assertTrue(toolstack.counters().domainsNow() >= 1, "-Dmyrixen.seed=" + seed);
  }
}
