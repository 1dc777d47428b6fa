package io.github.eksidentity.dynamodb;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Consumer;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbRequest;

/// A client of which each request is told before it is made and after it was.
final class Tapped {
  private Tapped() {}

  static DynamoDbClient client(
      DynamoDbClient client, Consumer<DynamoDbRequest> before, Consumer<DynamoDbRequest> after) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (arguments == null || !(arguments[0] instanceof DynamoDbRequest request)) {
                return onProxy(proxy, client, method, arguments);
              }
              if (method.getName().endsWith("Paginator")) {
                return InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              before.accept(request);
              Object answer = invoke(client, method, arguments);
              after.accept(request);
              return answer;
            });
  }

  /// What takes a consumer builds a request and calls what takes that.
  private static Object onProxy(
      Object proxy, DynamoDbClient client, Method method, Object[] arguments) throws Throwable {
    return method.isDefault() && arguments != null
        ? InvocationHandler.invokeDefault(proxy, method, arguments)
        : invoke(client, method, arguments);
  }

  private static Object invoke(DynamoDbClient client, Method method, Object[] arguments)
      throws Throwable {
    try {
      return method.invoke(client, arguments);
    } catch (InvocationTargetException e) {
      throw e.getCause();
    }
  }
}
