package io.myrixen.mx.match;

class CompletedRequestsTest extends InfoQueueTest {

  @Override
  InfoQueue<Node> newQueue() {
    return new CompletedRequests<>();
  }
}
