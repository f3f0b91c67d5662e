package dev.parley.assistant.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.tool.Tool;
import dev.parley.assistant.tool.ToolContext;
import dev.parley.assistant.tool.ToolRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The calendar's tools with a real file, on Monday the 23rd of November 2026, five past seven in the morning. */
class AppointmentToolsTest {

    @TempDir
    Path folder;

    private Instant now = Instant.parse("2026-11-23T06:05:00Z");

    @Test
    void listsFreeSlots() {
        assertThat(run("list_free_slots", "{'day':'tuesday'}")).startsWith(
                "{'day':'2026-11-24','weekday':'Tuesday','free':['09:00','09:30','10:00','10:30','11:00','11:30','13:00'")
                .endsWith("'16:30']}");
        assertThat(run("list_free_slots", "{}")).startsWith("{'day':'2026-11-23'");
        assertThat(run("list_free_slots", "{'day':'Saturday'}")).isEqualTo(
                "{'day':'2026-11-28','weekday':'Saturday','free':[],'next_free_day':'2026-11-30','next_free_weekday':'Monday'}");
        assertThat(run("list_free_slots", "{'day':'someday'}")).contains("Tell me the day");
    }

    @Test
    void booksFindsAndCancels() throws IOException {
        assertThat(book("tuesday", "10", "Ada Lovelace"))
                .isEqualTo("{'day':'2026-11-24','weekday':'Tuesday','time':'10:00','name':'Ada Lovelace'}");
        assertThat(run("list_free_slots", "{'day':'tuesday'}")).doesNotContain("10:00");
        assertThat(Files.readString(folder.resolve("calendar.json"))).contains("2026-11-24T10:00")
                .contains("Ada Lovelace");
        assertThat(
                PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("calendar.json"))))
                .isEqualTo("rw-------");

        assertThat(run("find_appointment", "{'name':'ada  lovelace.'}")).contains("'day':'2026-11-24'")
                .contains("10:00");
        assertThat(run("cancel_appointment", "{'name':'Ada Lovelace'}")).contains("'time':'10:00'");
        assertThat(run("find_appointment", "{'name':'Ada Lovelace'}")).endsWith("'appointments':[]}");
        assertThat(run("list_free_slots", "{'day':'tuesday'}")).contains("10:00");
    }

    @Test
    void takenTimeLeadsToFreeOnes() {
        book("tuesday", "9:00", "Ada Lovelace");

        assertThat(book("tuesday", "9 am", "Alan Turing")).isEqualTo(
                "{'error':'That time is taken. Free on Tuesday are 9:30 am, 10:00 am, 10:30 am, 11:00 am.'}");
        assertThat(book("tuesday", "12:15", "Alan Turing")).contains("There is no appointment at that time.");
        assertThat(book("sunday", "10", "Alan Turing")).contains("The next free day is Monday, November 30.");
        assertThat(book("2026-11-20", "10", "Alan Turing")).contains("There is no appointment at that time.");
        assertThat(book("2027-06-01", "10", "Alan Turing")).contains("There is no appointment at that time.");
        assertThat(book("tuesday", "whenever", "Alan Turing")).contains("Tell me at which time");
        assertThat(book("tuesday", "10", " ")).contains("Tell me the name");
    }

    @Test
    void movesToAFreeSlotOrKeepsTheOldOne() {
        book("tuesday", "10", "Ada Lovelace");
        book("thursday", "10", "Alan Turing");

        assertThat(move("thursday", "10")).contains("That time is taken. Free on Thursday are 9:00 am");
        assertThat(move("thursday", "23:00")).contains("There is no appointment at that time.");
        assertThat(move("someday", "10")).contains("Tell me the day");
        assertThat(move("thursday", "whenever")).contains("Tell me at which time");
        assertThat(run("find_appointment", "{'name':'Ada Lovelace'}")).contains("2026-11-24");
        assertThat(move("thursday", "11"))
                .isEqualTo("{'day':'2026-11-26','weekday':'Thursday','time':'11:00','name':'Ada Lovelace'}");
        assertThat(move("thursday", "11:30")).contains("'time':'11:30'");
        assertThat(run("find_appointment", "{'name':'Ada Lovelace'}")).contains("11:30")
                .doesNotContain("2026-11-24");
        assertThat(run("reschedule_appointment", "{'name':'Nobody','new_day':'friday','new_time':'9'}"))
                .contains("no appointment under that name");
    }

    @Test
    void tellsTheOpeningHours() {
        assertThat(run("get_opening_hours", "{}")).isEqualTo(
                "{'days':['Monday','Tuesday','Wednesday','Thursday','Friday'],'spans':[{'from':'09:00','until':'12:00'},{'from':'13:00','until':'17:00'}]}");
        assertThat(run("get_opening_hours", "{'day':'saturday'}"))
                .endsWith("'weekday':'Saturday','open':false}");
        assertThat(run("get_opening_hours", "{'day':'someday'}")).contains("Tell me the day");
    }

    private String move(String day, String time) {
        return run("reschedule_appointment",
                "{'name':'Ada Lovelace','new_day':'%s','new_time':'%s'}".formatted(day, time));
    }

    @Test
    void cancellingOneOfSeveralAsksWhich() {
        book("tuesday", "10", "Ada Lovelace");
        book("wednesday", "half past 2", "Ada Lovelace");

        assertThat(run("cancel_appointment", "{'name':'Ada Lovelace'}"))
                .contains("There are several: Tuesday at 10:00 am, Wednesday at 2:30 pm.");
        assertThat(run("cancel_appointment", "{'name':'Ada Lovelace','day':'friday'}"))
                .contains("There is no such appointment.");
        assertThat(run("cancel_appointment", "{'name':'Ada Lovelace','day':'wednesday'}"))
                .contains("'time':'14:30'");
        assertThat(run("cancel_appointment", "{'name':'Alan Turing'}"))
                .contains("no appointment under that name");
    }

    @Test
    void nameHasAtMostFiveAppointments() {
        for (int hour = 9; hour < 12; hour++) {
            book("tuesday", hour + ":00", "Ada Lovelace");
            book("tuesday", hour + ":30", "Ada Lovelace");
        }

        assertThat(book("wednesday", "10", "Ada Lovelace")).contains("No more appointments");
        assertThat(run("find_appointment", "{'name':'Ada Lovelace'}").split("'time'", -1)).hasSize(6);
    }

    @Test
    void slotGoesToOneOfManyConcurrentCallers() throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calendars = List.of(AppointmentTools.in(file()), AppointmentTools.in(file()));
            var answers = callers.invokeAll(IntStream.range(0, 40)
                    .mapToObj(i -> (java.util.concurrent.Callable<String>) () -> run(calendars.get(i % 2),
                            "book_appointment", "{'day':'tuesday','time':'10','name':'Caller " + i + "'}"))
                    .toList());

            assertThat(answers.stream().filter(answer -> !answer.resultNow().contains("error"))).hasSize(1);
        }
        assertThat(Files.readString(file()).split("2026-11-24T10:00", -1)).hasSize(2);
    }

    @Test
    void damagedCalendarIsKeptAndReportedAsClosed() throws IOException {
        Files.writeString(file(), "{\"appointments\":[{\"at\":\"yesterday\"}]}");

        assertThat(book("tuesday", "10", "Ada Lovelace"))
                .isEqualTo("{'error':'The calendar cannot be opened at the moment.'}");
        assertThat(Files.readString(file())).contains("yesterday");
    }

    @Test
    void appointmentsLongOverAreDropped() throws IOException {
        book("tuesday", "10", "Ada Lovelace");
        now = Instant.parse("2027-01-11T06:05:00Z");

        book("tuesday", "10", "Alan Turing");

        assertThat(Files.readString(file())).contains("Alan Turing").doesNotContain("Ada Lovelace");
    }

    private String book(String day, String time, String name) {
        return run("book_appointment", "{'day':'" + day + "','time':'" + time + "','name':'" + name + "'}");
    }

    private String run(String tool, String arguments) {
        return run(AppointmentTools.in(file()), tool, arguments);
    }

    private String run(List<Tool> tools, String tool, String arguments) {
        var context = new ToolContext(() -> now, ZoneId.of("Europe/Paris"));
        return ToolRunner.run(tools, tool, arguments.replace('\'', '"'), context).replace('"', '\'');
    }

    private Path file() {
        return folder.resolve("calendar.json");
    }
}
