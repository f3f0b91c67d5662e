package dev.parley.assistant.standard;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The tools of dates, alarms, lists and chance, on Monday, November 23, 2026, at five past seven in the morning in Paris. */
class DatesListsAndChanceTest {
    private final ToolFixture fixture = new ToolFixture();

    @ParameterizedTest
    @CsvSource({"1818, 1818-03-22", "1954, 1954-04-18", "1961, 1961-04-02", "2000, 2000-04-23",
            "2008, 2008-03-23", "2011, 2011-04-24", "2019, 2019-04-21", "2024, 2024-03-31",
            "2025, 2025-04-20", "2026, 2026-04-05", "2027, 2027-03-28", "2038, 2038-04-25"})
    void easterFollowsTheMoon(int year, LocalDate easter) {
        assertThat(Holidays.easterSunday(year)).isEqualTo(easter);
    }

    @ParameterizedTest
    @CsvSource({"thanksgiving, 2026-11-26, Thursday, 3", "Thanksgiving Day, 2026-11-26, Thursday, 3",
            "christmas, 2026-12-25, Friday, 32", "New Year's Eve, 2026-12-31, Thursday, 38",
            "new years day, 2027-01-01, Friday, 39", "Halloween, 2027-10-31, Sunday, 342",
            "Mother's Day, 2027-05-09, Sunday, 167", "Labour Day, 2027-09-06, Monday, 287",
            "Black Friday, 2026-11-27, Friday, 4", "Good Friday, 2027-03-26, Friday, 123",
            "Memorial Day, 2027-05-31, Monday, 189", "friday, 2026-11-27, Friday, 4",
            "december 1st, 2026-12-01, Tuesday, 8", "today, 2026-11-23, Monday, 0"})
    void findsTheNextDay(String day, String date, String weekday, int days) {
        var result = fixture.run("find_date", "{'day':'" + day.replace("'", "\\u0027") + "'}");

        assertThat(result.path("date").asString("")).isEqualTo(date);
        assertThat(result.path("weekday").asString("")).isEqualTo(weekday);
        assertThat(result.path("days_until").asInt(-1)).isEqualTo(days);
    }

    @Test
    void findsAHolidayOfAYearAndRefusesOtherDays() {
        assertThat(fixture.run("find_date", "{'day':'Easter','year':2020}").path("date").asString(""))
                .isEqualTo("2020-04-12");
        assertThat(fixture.run("find_date", "{'day':'Christmas','next_year':true}").path("date").asString(""))
                .isEqualTo("2027-12-25");
        assertThat(fixture.error("find_date", "{'day':'Easter','year':999999}"))
                .isEqualTo("I only know the years from 1800 to 2399.");
        assertThat(fixture.error("find_date", "{'day':'Blorpsday'}"))
                .isEqualTo("I do not know when Blorpsday is.");
        assertThat(fixture.error("find_date", "{}")).isEqualTo("Tell me which day you mean.");
    }

    @ParameterizedTest
    @CsvSource({"7 am, 7:00 am, true, 86100", "7:06, 7:06 am, false, 60", "7, 7:00 pm, false, 42900",
            "half past seven, 7:30 am, false, 1500", "noon, 12:00 pm, false, 17700",
            "19:00, 7:00 pm, false, 42900", "midnight, 12:00 am, true, 60900",
            "6:30 am, 6:30 am, true, 84300"})
    void alarmRingsAtTheNextSuchTime(String time, String at, boolean tomorrow, int seconds) {
        var text = time.equals("half past seven") ? "half past 7" : time;
        var result = fixture.run("set_alarm", "{'time':'" + text + "'}");

        assertThat(result.path("at").asString("")).isEqualTo(at);
        assertThat(result.path("tomorrow").asBoolean(!tomorrow)).isEqualTo(tomorrow);
        assertThat(fixture.alarms.getFirst().delay().toSeconds()).isEqualTo(seconds);
    }

    @Test
    void alarmSaysTheTimeAndItsLabel() {
        fixture.run("set_alarm", "{'time':'8 am','label':'tea'}");
        fixture.run("set_alarm", "{'time':'9 am'}");
        fixture.ring();
        fixture.ring();

        assertThat(fixture.notices).containsExactly("It is 8:00 am: your alarm, tea.",
                "It is 9:00 am: your alarm.");
    }

    @ParameterizedTest
    @CsvSource({"'', Tell me the time", "soon, Tell me the time", "25:00, Tell me the time"})
    void alarmWithoutATimeIsRefused(String time, String sentence) {
        assertThat(fixture.error("set_alarm", "{'time':'" + time + "'}")).startsWith(sentence);
        assertThat(fixture.error("set_alarm", "{'time':'9 am','tomorrow':true}"))
                .isEqualTo("I can only set alarms within the next 24 hours.");
        assertThat(fixture.alarms).isEmpty();
    }

    @Test
    void timerReplacesAnother() {
        fixture.run("set_timer", "{'seconds':60}");
        fixture.run("set_timer", "{'seconds':90,'replaces':1}");

        assertThat(fixture.alarms).hasSize(1);
        assertThat(fixture.timers.running().getFirst().length().toSeconds()).isEqualTo(90);
    }

    @Test
    void itemIsRemovedByAllItsWords() {
        fixture.run("add_to_list", "{'items':'apple juice; orange juice; oranges'}");
        assertThat(fixture.run("remove_from_list", "{'item':'orange juice'}").path("removed"))
                .hasToString("[\"orange juice\"]");
        assertThat(fixture.run("remove_from_list", "{'item':'juice or tea'}").path("removed"))
                .hasToString("[\"apple juice\"]");
    }

    @Test
    void listsKeepTheirItemsApart() {
        assertThat(fixture.run("add_to_list", "{'items':'milk; two eggs'}"))
                .hasToString("{\"list\":\"shopping\",\"added\":[\"milk\",\"two eggs\"]}");
        fixture.run("add_to_list", "{'items':'tent','list':'Packing list'}");
        assertThat(fixture.run("read_list", "{'list':'packing'}"))
                .hasToString("{\"list\":\"packing\",\"items\":[\"tent\"]}");
        assertThat(fixture.run("remove_from_list", "{'item':'the egg'}"))
                .hasToString("{\"list\":\"shopping\",\"removed\":[\"two eggs\"]}");
        assertThat(fixture.error("remove_from_list", "{}")).isEqualTo("Tell me what to remove.");
        assertThat(fixture.run("remove_from_list", "{'all':true}").path("removed")).hasSize(1);
        assertThat(fixture.run("read_list", "{}").path("items")).isEmpty();
        assertThat(fixture.error("add_to_list", "{'items':' ; '}")).isEqualTo("Tell me what to add.");
    }

    @Test
    void listsAreBounded() {
        IntStream.range(0, UserLists.MAX_ITEMS + 5)
                .forEach(i -> fixture.run("add_to_list", "{'items':'item " + i + "'}"));
        assertThat(fixture.run("read_list", "{}").path("items")).hasSize(UserLists.MAX_ITEMS);
        assertThat(fixture.error("add_to_list", "{'items':'more'}"))
                .isEqualTo("The list is full. Ask me to remove something first.");
        IntStream.range(0, UserLists.MAX_LISTS + 5)
                .forEach(i -> fixture.run("add_to_list", "{'items':'x','list':'l" + i + "'}"));
        assertThat(UserLists.of(fixture.context).names()).hasSize(UserLists.MAX_LISTS);
        fixture.run("remove_from_list", "{'all':true}");
        fixture.run("add_to_list", "{'items':'" + "y".repeat(5000) + "'}");
        assertThat(UserLists.of(fixture.context).items("shopping").getFirst()).hasSize(UserLists.MAX_LENGTH);
    }

    @Test
    void randomNumbersStayWithinTheirBounds() {
        fixture.context.with(RandomGenerator.class, new Random(7));
        var seen = new java.util.TreeSet<Integer>();
        for (int i = 0; i < 200; i++) {
            fixture.run("random_number", "{'minimum':1,'maximum':6,'count':2}")
                    .path("numbers")
                    .values()
                    .forEach(number -> seen.add(number.asInt(0)));
        }
        assertThat(seen).containsExactly(1, 2, 3, 4, 5, 6);
        assertThat(fixture.run("random_number", "{'minimum':9,'maximum':9}"))
                .hasToString("{\"numbers\":[9]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'minimum':1}", "{'minimum':1,'maximum':'x'}",
            "{'minimum':1,'maximum':1e90}", "{'minimum':1,'maximum':6,'count':11}",
            "{'minimum':1,'maximum':6,'count':0}"})
    void randomNumberOutOfBoundsIsRefused(String arguments) {
        assertThat(fixture.error("random_number", arguments)).isNotEqualTo("(no error)");
    }
}
