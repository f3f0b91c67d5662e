package dev.parley.assistant.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.assistant.dialogue.Dialogue.Reply;
import dev.parley.voice.StreamSettings.ToolSpec;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dialogue about the weather: the arguments of the tool and the wording of its result. */
class WeatherTalkTest {

    private final Dialogue dialogue = new Dialogue(List.of(new ToolSpec("get_weather", "Weather.", "{}")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            What's the weather in Paris?                 | {place:Paris}
            What is the weather like in New York?        | {place:New York}
            How's the weather in Cork tomorrow?          | {place:Cork,days:1}
            What will the weather be tomorrow in Cork?   | {place:Cork,days:1}
            Will it rain in London the day after tomorrow? | {place:London,days:2}
            Is it raining in Dublin?                     | {place:Dublin}
            How cold is it in Oslo?                      | {place:Oslo}
            Do I need an umbrella in London today?       | {place:London}
            What's the forecast for Madrid in three days? | {place:Madrid,days:3}
            Could you tell me the temperature in Rome, please? | {place:Rome}
            """)
    void asksForTheWeather(String said, String arguments) {
        assertThat(call(said)).isEqualTo(arguments);
    }

    @Test
    void asksForThePlaceAndKeepsTheDay() {
        assertThat(dialogue.user("Will it rain tomorrow?")).isEqualTo(new Reply.Say("For which place?"));
        assertThat(call("In Galway.")).isEqualTo("{place:Galway,days:1}");
    }

    @Test
    void followUpKeepsThePlaceOrTheQuestion() {
        assertThat(call("What's the weather in Paris?")).isEqualTo("{place:Paris}");
        assertThat(call("And tomorrow?")).isEqualTo("{place:Paris,days:1}");
        assertThat(call("What about London?")).isEqualTo("{place:London}");
    }

    @Test
    void asksForEachOfSeveralPlaces() {
        var first = (Reply.Call) dialogue.user("What's the weather in Paris, Rome and London tomorrow?");
        assertThat(first.argumentsJson()).isEqualTo("{\"place\":\"Paris\",\"days\":1}");
        var second = (Reply.Call) dialogue.toolResult(first.toolUseId(), "{\"error\":\"A.\"}");
        assertThat(second.argumentsJson()).isEqualTo("{\"place\":\"Rome\",\"days\":1}");
        var third = (Reply.Call) dialogue.toolResult(second.toolUseId(), "{\"error\":\"B.\"}");
        assertThat(third.argumentsJson()).isEqualTo("{\"place\":\"London\",\"days\":1}");
        assertThat(dialogue.toolResult(third.toolUseId(), "{\"error\":\"C.\"}"))
                .isEqualTo(new Reply.Say("Sorry. A. B. C."));
    }

    @Test
    void wordsTheAnswer() {
        var call = (Reply.Call) dialogue.user("What's the weather in Paris?");

        var said = dialogue.toolResult(call.toolUseId(), """
                {"place":"Paris","now_celsius":1,"now_sky":"foggy","sky":"light rain","low_celsius":-2,\
                "high_celsius":8,"rain_percent":70}""");

        assertThat(said)
                .isEqualTo(new Reply.Say("In Paris, it is 1 °C and foggy. Today it will be light rain, "
                        + "from −2 to 8 °C, with a 70% chance of rain."));
    }

    @Test
    void failureIsSaid() {
        var call = (Reply.Call) dialogue.user("What's the weather in Paris?");

        assertThat(dialogue.toolResult(call.toolUseId(),
                "{\"error\":\"The weather service cannot be reached at the moment.\"}"))
                .isEqualTo(new Reply.Say("Sorry. The weather service cannot be reached at the moment."));
    }

    private String call(String said) {
        return dialogue.user(said) instanceof Reply.Call call ? call.argumentsJson().replace("\"", "") : "-";
    }
}
