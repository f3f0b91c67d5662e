package dev.parley.assistant.appointment;

import dev.parley.assistant.appointment.AppointmentBook.Booking;
import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolJson;
import dev.parley.assistant.tool.ToolParameters;
import dev.parley.assistant.tool.ToolParameters.JsonType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** The tools of one calendar: list free slots and opening hours, book, find, move and cancel appointments. Thread-safe. */
public final class AppointmentTools {

    private static final Logger LOG = LoggerFactory.getLogger(AppointmentTools.class);
    private static final DateTimeFormatter MONTH_AND_DAY = DateTimeFormatter.ofPattern("MMMM d",
            Locale.ENGLISH);
    /** The format of a time in a sentence, before it is lowercased: "9:00 AM". */
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("h:mm a",
            Locale.ENGLISH);
    private static final int LONGEST_NAME = 60;
    private static final int LONGEST_REASON = 200;
    private static final String DAY = "The day: YYYY-MM-DD, today, tomorrow, or a weekday for the next one to come";
    private static final String TIME = "When it begins, for example 10:30 or 2 pm";
    private static final String NAME = "First and last name of the person who comes";

    private final AppointmentBook book;
    private final String failure;

    private AppointmentTools(CalendarStore store, String failure) {
        this.book = new AppointmentBook(store, OpeningHours.defaults());
        this.failure = failure;
    }

    /** Returns the tools of the calendar in this file, which is created when the first appointment is booked. */
    public static List<Tool> in(Path file) {
        return new AppointmentTools(new CalendarFile(file), "The calendar cannot be opened at the moment.")
                .all();
    }

    /** Returns the tools of a calendar that several servers share. */
    public static List<Tool> shared(CalendarText text) {
        return new AppointmentTools(new SharedCalendar(text), "I cannot reach the calendar right now.").all();
    }

    private List<Tool> all() {
        return List.of(
                tool("list_free_slots",
                        "Tells which appointments are free on a day, or on the next day that has any.",
                        ToolParameters.none().optional("day", JsonType.STRING, DAY), this::free).readOnly(),
                tool("book_appointment", "Books an appointment. Ask for day, time and name first.",
                        ToolParameters.none()
                                .required("day", JsonType.STRING, DAY)
                                .required("time", JsonType.STRING, TIME)
                                .required("name", JsonType.STRING, NAME)
                                .optional("reason", JsonType.STRING, "Why they come"),
                        this::book),
                tool("find_appointment", "Tells which appointments a person has.",
                        ToolParameters.none().required("name", JsonType.STRING, NAME), this::find).readOnly(),
                tool("cancel_appointment",
                        "Cancels a person's appointment. Day and time are only needed when they have several.",
                        ToolParameters.none()
                                .required("name", JsonType.STRING, NAME)
                                .optional("day", JsonType.STRING, DAY)
                                .optional("time", JsonType.STRING, TIME),
                        this::cancel),
                tool("reschedule_appointment",
                        "Moves a person's appointment. Its present day and time are only needed when they have several.",
                        ToolParameters.none()
                                .required("name", JsonType.STRING, NAME)
                                .required("new_day", JsonType.STRING, DAY)
                                .required("new_time", JsonType.STRING, TIME)
                                .optional("day", JsonType.STRING, DAY)
                                .optional("time", JsonType.STRING, TIME),
                        this::move),
                tool("get_opening_hours", "Tells the opening hours, and whether it is open on a day.",
                        ToolParameters.none().optional("day", JsonType.STRING, DAY), this::hours).readOnly());
    }

    /** The work of a tool, which uses the calendar. */
    private interface CalendarWork {
        ObjectNode call(ObjectNode arguments, LocalDateTime now) throws IOException;
    }

    private Tool tool(String name, String description, ToolParameters parameters, CalendarWork work) {
        return Tool.of(name, description, parameters, (arguments, context) -> {
            try {
                return work.call(arguments, now(context));
            } catch (IOException broken) {
                LOG.atError()
                        .addKeyValue("error", broken.getClass().getSimpleName())
                        .log("the calendar failed");
                return ToolJson.error(failure);
            }
        });
    }

    private ObjectNode free(ObjectNode arguments, LocalDateTime now) throws IOException {
        var words = ToolJson.text(arguments, "day");
        Optional<LocalDate> asked = words.isEmpty() ? book.nextFree(now.toLocalDate(), now)
                : DateTimeParser.day(words, now.toLocalDate());
        if (asked.isEmpty()) {
            return ToolJson
                    .error(words.isEmpty() ? "Nothing is free in the coming three months." : unknownDay());
        }
        LocalDate day = asked.get();
        var result = day(ToolJson.object(), day);
        var times = result.putArray("free");
        book.free(day, now).forEach(at -> times.add(at.toLocalTime().toString()));
        if (times.isEmpty()) {
            book.nextFree(day.isBefore(now.toLocalDate()) ? now.toLocalDate() : day, now)
                    .ifPresent(next -> result.put("next_free_day", next.toString())
                            .put("next_free_weekday", weekday(next)));
        }
        return result;
    }

    private ObjectNode book(ObjectNode arguments, LocalDateTime now) throws IOException {
        Optional<LocalDate> day = DateTimeParser.day(ToolJson.text(arguments, "day"), now.toLocalDate());
        Optional<LocalTime> time = DateTimeParser.time(ToolJson.text(arguments, "time"));
        var name = line(ToolJson.text(arguments, "name"));
        if (day.isEmpty()) {
            return ToolJson.error(unknownDay());
        }
        if (time.isEmpty()) {
            return ToolJson.error("Tell me at which time, for example at ten.");
        }
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            return ToolJson.error("Tell me the name of the person who comes.");
        }
        var reason = line(ToolJson.text(arguments, "reason"));
        var wanted = new Appointment(day.get().atTime(time.get()), name,
                reason.substring(0, Math.min(reason.length(), LONGEST_REASON)));
        Booking booking = book.book(wanted, now);
        return switch (booking) {
            case BOOKED -> describe(wanted);
            case TAKEN -> ToolJson.error("That time is taken. " + alternatives(day.get(), now));
            case CLOSED ->
                ToolJson.error("There is no appointment at that time. " + alternatives(day.get(), now));
            case TOO_MANY -> ToolJson.error("No more appointments can be booked under that name.");
        };
    }

    private ObjectNode find(ObjectNode arguments, LocalDateTime now) throws IOException {
        var name = line(ToolJson.text(arguments, "name"));
        if (name.isEmpty()) {
            return ToolJson.error("Tell me the name.");
        }
        var result = ToolJson.object().put("name", name);
        var array = result.putArray("appointments");
        book.of(name, now).forEach(one -> array.add(describe(one)));
        return result;
    }

    private ObjectNode cancel(ObjectNode arguments, LocalDateTime now) throws IOException {
        return one(arguments, now, meant -> book.cancel(meant) ? describe(meant)
                : ToolJson.error("There is no such appointment any more."));
    }

    private ObjectNode move(ObjectNode arguments, LocalDateTime now) throws IOException {
        Optional<LocalDate> day = DateTimeParser.day(ToolJson.text(arguments, "new_day"), now.toLocalDate());
        Optional<LocalTime> time = DateTimeParser.time(ToolJson.text(arguments, "new_time"));
        if (day.isEmpty()) {
            return ToolJson.error(unknownDay());
        }
        if (time.isEmpty()) {
            return ToolJson.error("Tell me at which time, for example at ten.");
        }
        return one(arguments, now, old -> {
            var wanted = new Appointment(day.get().atTime(time.get()), old.name(), old.reason());
            return switch (book.move(old, wanted, now)) {
                case BOOKED -> describe(wanted);
                case TAKEN, TOO_MANY -> ToolJson.error("That time is taken. " + alternatives(day.get(), now));
                case CLOSED ->
                    ToolJson.error("There is no appointment at that time. " + alternatives(day.get(), now));
            };
        });
    }

    /** An action on the one appointment that matches a person's request. */
    private interface AppointmentWork {
        ObjectNode on(Appointment one) throws IOException;
    }

    private ObjectNode one(ObjectNode arguments, LocalDateTime now, AppointmentWork work) throws IOException {
        var name = line(ToolJson.text(arguments, "name"));
        if (name.isEmpty()) {
            return ToolJson.error("Tell me the name.");
        }
        var day = DateTimeParser.day(ToolJson.text(arguments, "day"), now.toLocalDate());
        var time = DateTimeParser.time(ToolJson.text(arguments, "time"));
        var theirs = book.of(name, now);
        var meant = theirs.stream()
                .filter(one -> day.map(one.at().toLocalDate()::equals).orElse(true)
                        && time.map(one.at().toLocalTime()::equals).orElse(true))
                .toList();
        if (meant.isEmpty()) {
            return ToolJson.error(theirs.isEmpty() ? "There is no appointment under that name."
                    : "There is no such appointment. Under that name there is " + words(theirs) + ".");
        }
        if (meant.size() > 1) {
            return ToolJson.error("There are several: " + words(meant) + ". Tell me the day and the time.");
        }
        return work.on(meant.getFirst());
    }

    private ObjectNode hours(ObjectNode arguments, LocalDateTime now) {
        var hours = book.hours();
        var result = ToolJson.object();
        var days = result.putArray("days");
        hours.days()
                .stream()
                .sorted()
                .forEach(day -> days.add(day.getDisplayName(TextStyle.FULL, Locale.ENGLISH)));
        var spans = result.putArray("spans");
        hours.spans()
                .forEach(span -> spans.addObject()
                        .put("from", span.from().toString())
                        .put("until", span.until().toString()));
        var words = ToolJson.text(arguments, "day");
        if (words.isEmpty()) {
            return result;
        }
        return DateTimeParser.day(words, now.toLocalDate())
                .map(day -> day(result, day).put("open", hours.days().contains(day.getDayOfWeek())))
                .orElseGet(() -> ToolJson.error(unknownDay()));
    }

    private String alternatives(LocalDate day, LocalDateTime now) throws IOException {
        var free = book.free(day, now);
        if (!free.isEmpty()) {
            return "Free on " + weekday(day) + " are "
                    + free.stream()
                            .limit(4)
                            .map(at -> TIME_OF_DAY.format(at).toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(", "))
                    + ".";
        }
        return book.nextFree(day.isBefore(now.toLocalDate()) ? now.toLocalDate() : day, now)
                .map(next -> "The next free day is " + weekday(next) + ", " + MONTH_AND_DAY.format(next)
                        + ".")
                .orElse("Nothing is free in the coming three months.");
    }

    private static ObjectNode describe(Appointment one) {
        return day(ToolJson.object(), one.at().toLocalDate()).put("time", one.at().toLocalTime().toString())
                .put("name", one.name());
    }

    private static ObjectNode day(ObjectNode result, LocalDate day) {
        return result.put("day", day.toString()).put("weekday", weekday(day));
    }

    private static String words(List<Appointment> all) {
        return all.stream()
                .map(one -> weekday(one.at().toLocalDate()) + " at "
                        + TIME_OF_DAY.format(one.at()).toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static String weekday(LocalDate day) {
        return day.getDayOfWeek().getDisplayName(TextStyle.FULL, Locale.ENGLISH);
    }

    private static String unknownDay() {
        return "I do not find that day in the calendar. Tell me the day like Tuesday, or the first of December.";
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
    }

    private static LocalDateTime now(ToolContext context) {
        return context.clock().instant().atZone(context.zone()).toLocalDateTime();
    }
}
