package io.github.eksidentity.core.json;

import io.github.eksidentity.core.json.JsonWriter.Layout;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// Records as JSON for storing, and back. The components of a record are its form, so that a new
/// kind of record can be stored without anything being added here:
///
/// - a record is an object; an empty component is left out; a record of one text is that text;
/// - a case of a sealed interface is an object that also says which it `is`;
/// - enums, times and dates are texts; lists and sets are lists, sets in the order of their texts;
/// - types with a text form of their own can be given one by [#with].
///
/// Reading never trusts: what is missing, of another kind or refused by a record is a [Malformed]
/// with its place. Members that are not known are passed over, so that a file of a later version
/// can be read.
public final class RecordJson {
  /// The member that names the case of a sealed interface.
  private static final String CASE = "is";

  private final Map<Class<?>, TextForm<?>> texts;

  private RecordJson(Map<Class<?>, TextForm<?>> texts) {
    this.texts = Map.copyOf(texts);
  }

  /// No text forms but the usual ones.
  public static RecordJson plain() {
    return new RecordJson(Map.of())
        .with(Instant.class, Instant::toString, dated(Instant::parse))
        .with(LocalDate.class, LocalDate::toString, dated(LocalDate::parse));
  }

  private static <T> Function<String, Optional<T>> dated(Function<String, T> parse) {
    return text -> {
      try {
        return Optional.of(parse.apply(text));
      } catch (DateTimeParseException _) {
        return Optional.empty();
      }
    };
  }

  /// A type that is written as one text.
  private record TextForm<T>(
      Class<T> type, Function<T, String> write, Function<String, Optional<T>> read) {
    String text(Object value) {
      return write.apply(type.cast(value));
    }
  }

  /// The same with a text form for a type.
  public <T> RecordJson with(
      Class<T> type, Function<T, String> write, Function<String, Optional<T>> read) {
    Map<Class<?>, TextForm<?>> more = new LinkedHashMap<>(texts);
    more.put(type, new TextForm<>(type, write, read));
    return new RecordJson(more);
  }

  /// A text is no such record.
  public static final class Malformed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Position at;

    Malformed(Position at, String message) {
      super(message);
      this.at = at;
    }

    /// Where.
    public Position at() {
      return at;
    }

    /// What stands there and what was expected.
    public String reason() {
      return String.valueOf(getMessage());
    }
  }

  /// Writes a record, or a case of a sealed interface as one of that interface.
  ///
  /// @return one line of ASCII without its line break
  public <T> String write(T value, Class<T> type) {
    return JsonWriter.render(Layout.ASCII_LINE, out -> value(out, value, type));
  }

  /// Reads what [#write] has written for the same type.
  public <T> T read(Json json, Class<T> type) throws Malformed {
    return type.cast(value(json, type));
  }

  private void value(JsonWriter out, Object value, Type type) {
    TextForm<?> text = texts.get(raw(type));
    if (text != null) {
      out.text(text.text(value));
      return;
    }
    switch (value) {
      case String string -> out.text(string);
      case Integer number -> out.number(number);
      case Boolean bool -> out.flag(bool);
      case Enum<?> constant -> out.text(constant.name());
      case Optional<?> optional -> value(out, optional.orElseThrow(), argument(type, 0));
      case Collection<?> items -> items(out, items, argument(type, 0));
      case Map<?, ?> map -> map(out, map, argument(type, 1));
      case Record record -> record(out, record, raw(type));
      default -> throw new IllegalArgumentException("no JSON form for " + value.getClass());
    }
  }

  private void items(JsonWriter out, Collection<?> items, Type type) {
    Stream<?> inOrder =
        items instanceof Set<?> set
            ? set.stream().sorted(Comparator.comparing(Object::toString))
            : items.stream();
    out.list(list -> inOrder.forEach(item -> value(list, item, type)));
  }

  private void map(JsonWriter out, Map<?, ?> map, Type type) {
    out.object(
        object ->
            map.forEach(
                (key, value) ->
                    value(
                        object.name(
                            key instanceof Enum<?> constant ? constant.name() : key.toString()),
                        value,
                        type)));
  }

  private void record(JsonWriter out, Record record, Class<?> declared) {
    boolean isCase = declared.isInterface();
    RecordComponent[] components = record.getClass().getRecordComponents();
    if (!isCase && isText(components)) {
      out.text((String) component(record, components[0]));
      return;
    }
    out.object(
        object -> {
          if (isCase) {
            object.text(CASE, record.getClass().getSimpleName());
          }
          for (RecordComponent component : components) {
            Object value = component(record, component);
            if (!value.equals(Optional.empty())) {
              value(object.name(component.getName()), value, component.getGenericType());
            }
          }
        });
  }

  private static boolean isText(RecordComponent[] components) {
    return components.length == 1 && components[0].getType() == String.class;
  }

  private static Object component(Record record, RecordComponent component) {
    try {
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("a stored record is public: " + record.getClass(), e);
    }
  }

  private Object value(Json json, Type type) throws Malformed {
    Class<?> raw = raw(type);
    TextForm<?> form = texts.get(raw);
    if (form != null) {
      String text = text(json);
      return form.read()
          .apply(text)
          .map(Object.class::cast)
          .orElseThrow(() -> wrong(json, "a " + raw.getSimpleName()));
    }
    if (raw == String.class) {
      return text(json);
    }
    if (raw == int.class || raw == Integer.class) {
      return number(json);
    }
    if (raw == boolean.class) {
      return bool(json);
    }
    if (raw == Optional.class) {
      return Optional.of(value(json, argument(type, 0)));
    }
    if (raw == List.class) {
      return items(json, argument(type, 0));
    }
    if (raw == Set.class) {
      return new LinkedHashSet<>(items(json, argument(type, 0)));
    }
    if (raw == Map.class || raw == SortedMap.class) {
      return map(json, argument(type, 0), argument(type, 1));
    }
    if (raw.isEnum()) {
      return constant(json, raw, text(json));
    }
    return object(json, raw);
  }

  private static String text(Json json) throws Malformed {
    if (json instanceof Json.Str(_, String value)) {
      return value;
    }
    throw wrong(json, "a string");
  }

  private static Integer number(Json json) throws Malformed {
    try {
      if (json instanceof Json.Num(_, String digits)) {
        return Integer.valueOf(digits);
      }
    } catch (NumberFormatException _) {
      throw wrong(json, "a whole number");
    }
    throw wrong(json, "a whole number");
  }

  private static Boolean bool(Json json) throws Malformed {
    if (json instanceof Json.Bool(_, boolean value)) {
      return value;
    }
    throw wrong(json, "true or false");
  }

  private static Object constant(Json json, Class<?> type, String name) throws Malformed {
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> ((Enum<?>) constant).name().equals(name))
        .findFirst()
        .orElseThrow(() -> wrong(json, "a " + type.getSimpleName()));
  }

  private List<Object> items(Json json, Type type) throws Malformed {
    if (!(json instanceof Json.Arr(_, List<Json> items))) {
      throw wrong(json, "a list");
    }
    List<Object> values = new ArrayList<>();
    for (Json item : items) {
      values.add(value(item, type));
    }
    return values;
  }

  private SortedMap<Object, Object> map(Json json, Type keys, Type type) throws Malformed {
    SortedMap<Object, Object> values = new TreeMap<>();
    for (Json.Member member : members(json)) {
      Object key = raw(keys).isEnum() ? constant(json, raw(keys), member.name()) : member.name();
      values.put(key, value(member.value(), type));
    }
    return values;
  }

  private static List<Json.Member> members(Json json) throws Malformed {
    if (json instanceof Json.Obj(_, List<Json.Member> members)) {
      return members;
    }
    throw wrong(json, "an object");
  }

  private Object object(Json json, Class<?> type) throws Malformed {
    if (type.isInterface()) {
      return object(json, caseOf(json, type));
    }
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    boolean isText = json instanceof Json.Str && isText(components);
    for (int i = 0; i < components.length; i++) {
      values[i] = isText ? text(json) : component(json, components[i]);
    }
    return made(json, type, components, values);
  }

  private Object component(Json json, RecordComponent component) throws Malformed {
    if (!(json instanceof Json.Obj object)) {
      throw wrong(json, "an object");
    }
    Optional<Json> member = object.get(component.getName());
    if (member.isPresent()) {
      return value(member.get(), component.getGenericType());
    }
    if (component.getType() == Optional.class) {
      return Optional.empty();
    }
    throw new Malformed(json.at(), "the member " + component.getName() + " is missing");
  }

  private static Class<?> caseOf(Json json, Class<?> type) throws Malformed {
    Json name = json instanceof Json.Obj object ? object.get(CASE).orElse(json) : json;
    String text = name instanceof Json.Str(_, String value) ? value : "";
    return cases(type)
        .filter(candidate -> candidate.getSimpleName().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new Malformed(name.at(), "no kind of " + type.getSimpleName() + " is named"));
  }

  private static Stream<Class<?>> cases(Class<?> type) {
    Class<?>[] permitted = type.getPermittedSubclasses();
    if (permitted == null) {
      throw new IllegalArgumentException("a stored interface is sealed: " + type);
    }
    return Arrays.stream(permitted)
        .flatMap(found -> found.isInterface() ? cases(found) : Stream.of(found));
  }

  private static Object made(
      Json json, Class<?> type, RecordComponent[] components, Object[] values) throws Malformed {
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      return type.getConstructor(types).newInstance(values);
    } catch (InvocationTargetException e) {
      throw new Malformed(json.at(), String.valueOf(e.getTargetException().getMessage()));
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("a stored record is public: " + type, e);
    }
  }

  private static Malformed wrong(Json json, String expected) {
    return new Malformed(json.at(), "expected " + expected + ", not " + json.kind());
  }

  private static Class<?> raw(Type type) {
    return switch (type) {
      case Class<?> plain -> plain;
      case ParameterizedType generic -> (Class<?>) generic.getRawType();
      default -> throw new IllegalArgumentException("no JSON form for " + type);
    };
  }

  private static Type argument(Type type, int index) {
    return ((ParameterizedType) type).getActualTypeArguments()[index];
  }
}
