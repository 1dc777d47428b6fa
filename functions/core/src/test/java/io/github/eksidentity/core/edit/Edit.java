package io.github.eksidentity.core.edit;

import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/// A change of some components of a record, so that a test names these and a component more or less
/// is nothing to it.
public final class Edit<R extends Record> implements UnaryOperator<R> {
  private final Class<R> type;
  private final Map<String, Object> values;

  private Edit(Class<R> type, Map<String, Object> values) {
    this.type = type;
    this.values = values;
  }

  /// Changes nothing yet.
  public static <R extends Record> Edit<R> of(Class<R> type) {
    return new Edit<>(type, Map.of());
  }

  /// The edit that also sets this component.
  ///
  /// @throws IllegalArgumentException if the record has no such component of the value's type
  public Edit<R> with(String component, Object value) {
    if (Arrays.stream(type.getRecordComponents()).noneMatch(one -> takes(one, component, value))) {
      throw new IllegalArgumentException(
          "%s takes no %s of %s: its components are %s"
              .formatted(
                  type.getSimpleName(),
                  component,
                  value.getClass(),
                  Arrays.toString(type.getRecordComponents())));
    }
    Map<String, Object> more = new HashMap<>(values);
    more.put(component, value);
    return new Edit<>(type, more);
  }

  private static boolean takes(RecordComponent component, String name, Object value) {
    Class<?> boxed = MethodType.methodType(component.getType()).wrap().returnType();
    return component.getName().equals(name) && boxed.isInstance(value);
  }

  @Override
  public R apply(R old) {
    RecordComponent[] components = type.getRecordComponents();
    try {
      Object[] arguments = new Object[components.length];
      for (int i = 0; i < components.length; i++) {
        Object kept = components[i].getAccessor().invoke(old);
        arguments[i] = values.getOrDefault(components[i].getName(), kept);
      }
      return type.getDeclaredConstructor(
              Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new))
          .newInstance(arguments);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("no copy of " + old + " with " + values, e);
    }
  }
}
