package io.myrixen.mx.match;

class UnexpectedMessagesTest extends InfoQueueTest {

  @Override
  InfoQueue<Node> newQueue(ContextIds ids) {
    return new UnexpectedMessages<>(ids);
  }
}
