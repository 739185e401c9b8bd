package io.myrixen.mx.match;

class CompletedRequestsTest extends InfoQueueTest {

  @Override
  InfoQueue<Node> newQueue(ContextIds ids) {
    return new CompletedRequests<>(ids);
  }
}
