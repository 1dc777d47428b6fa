package io.github.eksidentity.dynamodb;

import io.github.eksidentity.core.drift.StoreContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

/// The table against the contract of every store, on DynamoDB Local; the process dies before and
/// after each call that writes.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TableStoreContractTest extends StoreContract {
  private static final Set<String> WRITES =
      Set.of("putItem", "deleteItem", "updateItem", "transactWriteItems");

  private final AtomicInteger tables = new AtomicInteger();
  private final LocalTable local = LocalTable.embedded();

  @BeforeAll
  void loadsTheClient() {
    local.client().listTables();
  }

  @AfterAll
  void stop() {
    local.close();
  }

  @Override
  protected Medium newMedium() {
    String name = "findings-" + tables.incrementAndGet();
    local.create(name);
    return step -> new TableStore(stepping(local.client(), step), name);
  }

  private static DynamoDbClient stepping(DynamoDbClient client, Runnable step) {
    return (DynamoDbClient)
        Proxy.newProxyInstance(
            DynamoDbClient.class.getClassLoader(),
            new Class<?>[] {DynamoDbClient.class},
            (proxy, method, arguments) -> {
              if (method.isDefault() && takesConsumer(method)) {
                return java.lang.reflect.InvocationHandler.invokeDefault(proxy, method, arguments);
              }
              boolean writes = WRITES.contains(method.getName());
              if (writes) {
                step.run();
              }
              try {
                return method.invoke(client, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              } finally {
                if (writes) {
                  step.run();
                }
              }
            });
  }

  /// Such a method builds the request and calls the one that takes it.
  private static boolean takesConsumer(Method method) {
    return method.getParameterCount() == 1
        && method.getParameterTypes()[0] == java.util.function.Consumer.class;
  }
}
