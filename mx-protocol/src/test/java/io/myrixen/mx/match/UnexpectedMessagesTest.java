package io.myrixen.mx.match;

class UnexpectedMessagesTest extends InfoQueueTest {

  @Override
  InfoQueue<Node> newQueue() {
    return new UnexpectedMessages<>();
  }
}
