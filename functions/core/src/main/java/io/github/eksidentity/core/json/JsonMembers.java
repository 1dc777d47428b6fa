package io.github.eksidentity.core.json;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The members of a JSON object, each with the type that is expected of it. What is missing, of
/// another type, or asked for and stands twice, is refused with its place and a sentence. Null
/// counts as absent where a member may be absent. Members that are not asked for may be anything.
///
/// @param <X> what the reader of the whole throws; it is made of each fault
public final class JsonMembers<X extends Exception> {
  private final Json.Obj object;
  private final Refusal<X> refusal;

  /// Makes an exception of a fault.
  public interface Refusal<X extends Exception> {
    X of(JsonFault fault);
  }

  public JsonMembers(Json.Obj object, Refusal<X> refusal) {
    this.object = object;
    this.refusal = refusal;
  }

  /// The members of a value that should be an object.
  ///
  /// @param what what the value is, for the sentence
  public static <X extends Exception> JsonMembers<X> of(Json value, String what, Refusal<X> refusal)
      throws X {
    return of(value, JsonFault.Part.WHOLE, what, refusal);
  }

  private static <X extends Exception> JsonMembers<X> of(
      Json value, JsonFault.Part part, String name, Refusal<X> refusal) throws X {
    if (value instanceof Json.Obj object) {
      return new JsonMembers<>(object, refusal);
    }
    throw refusal.of(new JsonFault(value.at(), part, name, "an object", Optional.of(value)));
  }

  /// All members, in the order of the text.
  public Json.Obj object() {
    return object;
  }

  /// Whether there is a member of this name, other than null.
  public boolean has(String name) throws X {
    return value(name).isPresent();
  }

  /// A value of any type other than null.
  public Optional<Json> value(String name) throws X {
    return member(name).filter(value -> !(value instanceof Json.Null));
  }

  /// A value of any type.
  public Json required(String name) throws X {
    Optional<Json> value = member(name);
    if (value.isEmpty()) {
      throw missing(name, "there");
    }
    return value.get();
  }

  private Optional<Json> member(String name) throws X {
    Json.Member found = null;
    for (Json.Member member : object.members()) {
      if (member.name().equals(name)) {
        if (found != null) {
          throw refusal.of(
              new JsonFault(member.at(), JsonFault.Part.NAME, name, "once", Optional.empty()));
        }
        found = member;
      }
    }
    return Optional.ofNullable(found).map(Json.Member::value);
  }

  public String text(String name) throws X {
    return text(JsonFault.Part.MEMBER, name, required(name, "a string"));
  }

  public Optional<String> optionalText(String name) throws X {
    Optional<Json> value = value(name);
    return value.isEmpty()
        ? Optional.empty()
        : Optional.of(text(JsonFault.Part.MEMBER, name, value.get()));
  }

  /// Strings; none where the member is absent.
  public List<String> texts(String name) throws X {
    List<String> texts = new ArrayList<>();
    for (Json item : items(name)) {
      texts.add(text(JsonFault.Part.ITEM, name, item));
    }
    return texts;
  }

  /// Strings by name, in the order of the text; none where the member is absent.
  public Map<String, String> textMap(String name) throws X {
    Map<String, String> map = new LinkedHashMap<>();
    JsonMembers<X> members = objectOrEmpty(name);
    for (Json.Member member : members.object.members()) {
      map.put(member.name(), members.text(member.name()));
    }
    return map;
  }

  /// An object that must be there.
  public JsonMembers<X> object(String name) throws X {
    return of(required(name, "an object"), JsonFault.Part.MEMBER, name, refusal);
  }

  public Optional<JsonMembers<X>> optionalObject(String name) throws X {
    return has(name) ? Optional.of(object(name)) : Optional.empty();
  }

  /// An object, without members where it is absent.
  public JsonMembers<X> objectOrEmpty(String name) throws X {
    return has(name)
        ? object(name)
        : new JsonMembers<>(new Json.Obj(object.at(), List.of()), refusal);
  }

  /// Objects; none where the member is absent.
  public List<JsonMembers<X>> objects(String name) throws X {
    List<JsonMembers<X>> objects = new ArrayList<>();
    for (Json item : items(name)) {
      objects.add(of(item, JsonFault.Part.ITEM, name, refusal));
    }
    return objects;
  }

  /// Objects of a list that must be there.
  public List<JsonMembers<X>> requiredObjects(String name) throws X {
    list(name, required(name, "a list"));
    return objects(name);
  }

  /// Strings of a list that must be there.
  public List<String> requiredTexts(String name) throws X {
    list(name, required(name, "a list"));
    return texts(name);
  }

  /// False where the member is absent.
  public boolean flag(String name) throws X {
    return optionalFlag(name).orElse(false);
  }

  public Optional<Boolean> optionalFlag(String name) throws X {
    Optional<Json> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Json.Bool(_, boolean flag)) {
      return Optional.of(flag);
    }
    throw wrong(name, "true or false");
  }

  /// A number without fraction, however it is written.
  ///
  /// @param most of its amount
  public Optional<Long> number(String name, long most) throws X {
    Optional<Json> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (value.get() instanceof Json.Num(_, String digits)) {
        BigDecimal number = new BigDecimal(digits);
        if (number.abs().compareTo(BigDecimal.valueOf(most)) <= 0
            && number.stripTrailingZeros().scale() <= 0) {
          return Optional.of(number.longValueExact());
        }
      }
    } catch (NumberFormatException _) {
      // an exponent of many digits: told below, as any other value
    }
    throw wrong(name, "a whole number of at most " + most);
  }

  /// A time as ISO 8601 in UTC or with an offset.
  public Optional<Instant> time(String name) throws X {
    Optional<Json> value = value(name);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    try {
      if (value.get() instanceof Json.Str(_, String text)) {
        return Optional.of(Instant.parse(text));
      }
    } catch (DateTimeException _) {
      // told below, as any other value
    }
    throw wrong(name, "a time as 2026-01-31T12:00:00Z");
  }

  /// The exception for a member that is there, but not what is expected.
  ///
  /// @param expected as "a string"
  public X wrong(String name, String expected) throws X {
    return wrong(JsonFault.Part.MEMBER, name, expected, required(name));
  }

  private X wrong(JsonFault.Part part, String name, String expected, Json found) {
    return refusal.of(new JsonFault(found.at(), part, name, expected, Optional.of(found)));
  }

  private X missing(String name, String expected) {
    return refusal.of(
        new JsonFault(object.at(), JsonFault.Part.MEMBER, name, expected, Optional.empty()));
  }

  private Json required(String name, String expected) throws X {
    Optional<Json> value = member(name);
    if (value.isEmpty()) {
      throw missing(name, expected);
    }
    return value.get();
  }

  private String text(JsonFault.Part part, String name, Json value) throws X {
    if (value instanceof Json.Str(_, String text)) {
      return text;
    }
    throw wrong(part, name, "a string", value);
  }

  private List<Json> items(String name) throws X {
    Optional<Json> value = value(name);
    return value.isEmpty() ? List.of() : list(name, value.get());
  }

  private List<Json> list(String name, Json value) throws X {
    if (value instanceof Json.Arr(_, List<Json> items)) {
      return items;
    }
    throw wrong(JsonFault.Part.MEMBER, name, "a list", value);
  }
}
