package io.github.eksidentity.testbed;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;

/// How an answer is sent.
record Delivery(Reply reply, Ending ending, Duration delay) {
  /// How much of it arrives.
  enum Ending {
    /// All.
    WHOLE,
    /// Half of what was announced.
    CUT,
    /// Half, announced as such.
    HALF,
    /// Nothing.
    NONE
  }

  void send(HttpExchange exchange) throws IOException {
    reply.headers().forEach(exchange.getResponseHeaders()::set);
    byte[] body = reply.body();
    byte[] half = Arrays.copyOf(body, body.length / 2);
    switch (ending) {
      case WHOLE -> whole(exchange, body);
      case HALF -> whole(exchange, half);
      case CUT -> {
        exchange.sendResponseHeaders(reply.status(), body.length);
        exchange.getResponseBody().write(half);
        exchange.close();
      }
      case NONE -> exchange.close();
    }
  }

  private void whole(HttpExchange exchange, byte[] body) throws IOException {
    exchange.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
