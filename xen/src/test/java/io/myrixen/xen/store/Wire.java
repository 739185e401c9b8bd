package io.myrixen.xen.store;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** A client that says what it likes and takes as many bytes as the test lets it. */
final class Wire implements StoreConnection.Sink {

  private final StoreConnection connection;
  private final ByteArrayOutputStream received = new ByteArrayOutputStream();
  private int room = Integer.MAX_VALUE;
  private int ends;

  Wire(Store store, int domid) {
    connection = new StoreConnection(store, domid, domid == 0, this);
  }

  /** Lets a guest into the store, with a directory of its own, and connects as it. */
  static Wire ofGuest(Store store, int domid) {
    store.introduce(domid);
    Wire dom0 = new Wire(store, 0);
    String directory = Paths.ofDomain(domid) + "\0";
    ok(dom0.ask(XsType.MKDIR, directory));
    ok(dom0.ask(XsType.SET_PERMS, directory + "n" + domid + "\0"));
    dom0.connection().close();
    return new Wire(store, domid);
  }

  static void ok(String reply) {
    assertEquals("OK\0", reply);
  }

  static void refused(String error, String reply) {
    assertEquals(error + "\0", reply);
  }

  @Override
  public int write(byte[] bytes, int offset, int length) {
    int count = Math.min(room, length);
    received.write(bytes, offset, count);
    room -= count;
    return count;
  }

  @Override
  public void end() {
    ends++;
  }

  StoreConnection connection() {
    return connection;
  }

  int ends() {
    return ends;
  }

  void room(int bytes) {
    room = bytes;
  }

  boolean send(byte[] bytes) {
    return connection.receive(bytes, 0, bytes.length);
  }

  boolean sendHex(String hex) {
    return send(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  boolean send(int type, int requestId, int transactionId, String payload) {
    byte[] bytes = payload.getBytes(ISO_8859_1);
    return send(new XsMessage(type, requestId, transactionId, bytes).encode());
  }

  /** Sends one request and returns the payload of the last message that comes back. */
  String ask(int type, String payload) {
    return ask(type, 0, payload);
  }

  String ask(int type, int transactionId, String payload) {
    send(type, 0, transactionId, payload);
    List<XsMessage> messages = take();
    return messages.isEmpty() ? "" : messages.getLast().text();
  }

  String takeHex() {
    byte[] bytes = received.toByteArray();
    received.reset();
    return HexFormat.of().formatHex(bytes);
  }

  List<XsMessage> take() {
    XsDecoder decoder = new XsDecoder();
    byte[] bytes = received.toByteArray();
    decoder.offer(bytes, 0, bytes.length);
    received.reset();
    List<XsMessage> messages = new ArrayList<>();
    for (XsMessage next = decoder.poll(); next != null; next = decoder.poll()) {
      messages.add(next);
    }
    return messages;
  }

  /** Takes what came as text: type and payload, with NULs shown as bars. */
  List<String> takeTexts() {
    return take().stream()
        .map(message -> message.type() + " " + message.text().replace('\0', '|'))
        .toList();
  }
}
