package dev.parley.assistant.dialogue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Alarms, lists, holidays, chance, spelling and corrections, with the real tools: five past seven on Monday, November 23, 2026, in Paris. */
class EverydaySkillsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Wake me at 7.                                  | set_alarm {time:7 am}
            wake me up at seven thirty tomorrow            | set_alarm {time:7 30 am,tomorrow:true}
            Wake me up tomorrow morning at six.            | set_alarm {time:6 am,tomorrow:true}
            Set an alarm for 6:30 am.                      | set_alarm {time:6:30 am}
            set an alarm for six thirty a.m.               | set_alarm {time:6 30 am}
            Can you set an alarm for 8 o'clock?            | set_alarm {time:8 oclock}
            Set my alarm for noon.                         | set_alarm {time:noon}
            Set an alarm for half past nine tonight.       | set_alarm {time:half past 9 pm}
            Alarm at 5 pm                                  | set_alarm {time:5 pm}
            Set an alarm for seven in the evening.         | set_alarm {time:7 in the evening}
            Remind me at 3 pm to call mum.                 | set_alarm {time:3 pm,label:call mum}
            Remind me to call mum at 3.                    | set_alarm {time:3,label:call mum}
            Set an alarm for 45 minutes.                   | set_timer {seconds:2700}
            Add milk to my shopping list.                  | add_to_list {list:shopping,items:milk}
            add milk to the list                           | add_to_list {items:milk}
            Please put eggs, bread and two apples on my shopping list. | add_to_list {list:shopping,items:eggs; bread; two apples}
            Can you add call the bank to my to-do list?    | add_to_list {list:to do,items:call the bank}
            What is on my list?                            | read_list {}
            What's on my shopping list?                    | read_list {list:shopping}
            Read me my to-do list.                         | read_list {list:to do}
            what do I have on my packing list              | read_list {list:packing}
            Remove milk from my list.                      | remove_from_list {item:milk}
            Take the eggs off my shopping list.            | remove_from_list {list:shopping,item:the eggs}
            Clear my shopping list.                        | remove_from_list {list:shopping,all:true}
            Start my list over.                            | remove_from_list {all:true}
            Open my shopping list.                         | read_list {list:shopping}
            Remind me in an hour that I need to stop by the bank. | set_timer {seconds:3600,label:i need to stop by the bank}
            Remember that I can't make it on Friday.       | remember {text:I can't make it on Friday}
            delete everything on my list                   | remove_from_list {all:true}
            When is Easter?                                | find_date {day:easter}
            When is Thanksgiving this year?                | find_date {day:thanksgiving}
            when is christmas day                          | find_date {day:christmas day}
            When's Mother's Day next year?                 | find_date {day:mothers day,next_year:true}
            When was Easter in 2020?                       | find_date {day:easter,year:2020}
            What day is Halloween?                         | find_date {day:halloween}
            What day of the week does Christmas fall on?   | find_date {day:christmas}
            What is the date of Good Friday?               | find_date {day:good friday}
            How many days until Christmas?                 | find_date {day:christmas}
            How many days are there until New Year's Eve?  | find_date {day:new years eve}
            How long is it until Friday?                   | find_date {day:friday}
            How many days till December 24th?              | find_date {day:december 24th}
            days until the fourth of July                  | find_date {day:fourth of july}
            Flip a coin.                                   | random_number {minimum:1,maximum:2}
            Heads or tails?                                | random_number {minimum:1,maximum:2}
            Roll a die.                                    | random_number {minimum:1,maximum:6}
            Roll two dice please.                          | random_number {minimum:1,maximum:6,count:2}
            Roll a twenty sided die.                       | random_number {minimum:1,maximum:20}
            Pick a number between one and ten.             | random_number {minimum:1,maximum:10}
            Give me a random number.                       | random_number {minimum:1,maximum:100}
            a random number from 5 to 50                   | random_number {minimum:5,maximum:50}
            How many fluid ounces are in a cup?            | convert_units {value:1,from:cup,to:fluid ounces}
            How many ounces are in a liter?                | convert_units {value:1,from:liter,to:ounces}
            """)
    void callsTheTool(String said, String call) {
        assertThat(DialogueScript.call(said)).isEqualTo(call);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Wake me at 7. | Okay. The alarm is set for 7:00 am tomorrow.
            Set an alarm for 8. | Okay. The alarm is set for 8:00 am.
            Set an alarm for 7. | Okay. The alarm is set for 7:00 pm.
            Wake me tomorrow at 9. | Sorry. I can only set alarms within the next 24 hours.
            Set an alarm. / Half past eight. | Okay. The alarm is set for 8:30 am.
            Set an alarm. | For what time?
            Remind me at 3 pm to call mum. | Okay. I will remind you at 3:00 pm: call mum.
            Set an alarm for 8:05 am. / What timers are running? | There is one timer, with 1 hour left until the alarm at 8:05 am.
            Set an alarm for 8 am. / Cancel the alarm. | Okay. The timer is cancelled.
            Add milk to my shopping list. | Okay. Milk is on your shopping list.
            Add milk and eggs to the list. | Okay. Milk and eggs are on your shopping list.
            Add milk to my list. / What is on my list? | On your shopping list: milk.
            Add milk to my list. / And bread. / What is on my list? | On your shopping list: milk and bread.
            Add milk and eggs to my list. / Remove milk. / What is on my list? | On your shopping list: eggs.
            Add tent to my packing list. / What is on my packing list? | On your packing list: tent.
            Add tent to my packing list. / What is on my shopping list? | Your shopping list is empty.
            Add milk to my list. / And you? | Sorry, I cannot help with that.
            Add milk to my list. / Remove jam. | Jam is not on your shopping list.
            Add milk to my list. / Clear my list. | Okay. Your shopping list is empty now.
            What is on my list? | Your shopping list is empty.
            Add milk to my list. / Will you remember this tomorrow? | No. I keep notes, lists and timers only as long as this conversation lasts.
            Remember my code is blue. / How long will you remember that? | No. I keep notes, lists and timers only as long as this conversation lasts.
            When is Thanksgiving? | Thanksgiving is on Thursday, November 26, 2026.
            When is Easter? | Easter is on Sunday, March 28, 2027.
            When was Easter in 2020? | Easter was on Sunday, April 12, 2020.
            When is Christmas next year? | Christmas is on Saturday, December 25, 2027.
            How many days until Christmas? | It is 32 days until Christmas.
            How many days until Friday? | It is 4 days until Friday.
            How many days until tomorrow? | November 24 is tomorrow.
            How many days until December 1st? | It is 8 days until December 1.
            Flip a coin. | Heads.
            Roll two dice. | 1 and 4: 5 in all.
            Pick a number between five and five. | My number is 5.
            How do you spell rhythm? | Rhythm is spelled R-H-Y-T-H-M.
            how do you spell eight | Eight is spelled E-I-G-H-T.
            Can you spell necessary for me? | Necessary is spelled N-E-C-E-S-S-A-R-Y.
            How is queue spelled? | Queue is spelled Q-U-E-U-E.
            Set a timer for ten minutes. / Make it fifteen. | Okay. 15 minutes, starting now.
            Set a timer for ten minutes. / Make it fifteen. / What timers are running? | There is one timer, with 15 minutes left.
            Set a timer for ten minutes. / No, five minutes. | Okay. 5 minutes, starting now.
            Set a timer for ten seconds. / I meant twenty. | Okay. 20 seconds, starting now.
            Set a pasta timer for eight minutes. / Change it to nine minutes. | Okay. 9 minutes for pasta, starting now.
            Set a timer for ten minutes. / Actually, fifteen. | Okay. 15 minutes, starting now.
            Set a timer for ten minutes. / No, wait, twenty minutes. | Okay. 20 minutes, starting now.
            Set a timer for ten minutes. / Oh, fifteen I mean. / What timers are running? | There is one timer, with 15 minutes left.
            Set an alarm for seven. / Make it eight. | Okay. The alarm is set for 8:00 pm.
            Wake me at six. / Actually, make it six thirty. | Okay. The alarm is set for 6:30 am tomorrow.
            Wake me at six. / Sorry, I meant half past five. / What timers are running? | There is one timer, with 22 hours and 25 minutes left until the alarm at 5:30 am.
            Set an alarm for seven. / Add milk to my list. | Okay. Milk is on your shopping list.
            Set an alarm for seven. / No, not that one. | Sorry, I cannot help with that.
            Set a timer for ten minutes. / No, not that one. | Sorry, I cannot help with that.
            Flip three coins. | Heads, heads and heads.
            Roll two dice. / Again. | 1 and 1: 2 in all.
            Roll two dice. / What is 2 plus 2? / Again. | 2 + 2 is 4.
            Give me a number from five to five. | My number is 5.
            Create a list called packing. / Socks and shirts. / What's on my packing list? | On your packing list: Socks and shirts.
            Create a list called packing. / Add socks to it. | Okay. Socks is on your packing list.
            Start a shopping list. | What goes on your shopping list?
            Open a new list. | What goes on your shopping list?
            Create a list. / Forget it. | Okay.
            Create a list. / I don't know. | Okay.
            Create a list. / Repeat that. | What goes on your shopping list?
            Create a list. / Repeat that. / Milk. | Okay. Milk is on your shopping list.
            Create a list. / Read my list. | Your shopping list is empty.
            Create a list. / Flip a coin. | Heads.
            Create a list. / How is queue spelled? | Queue is spelled Q-U-E-U-E.
            Create a list. / Good morning. | Hi there. What can I do for you?
            Create a list. / I need milk and eggs. | Okay. Milk and eggs are on your shopping list.
            Create a list. / Just milk, please. | Okay. Milk is on your shopping list.
            Make a note. / Pardon. / My car is red. / What are my notes? | You asked me to remember: your car is red.
            Create a list. / Two lemons. | Okay. Two lemons is on your shopping list.
            Create a list. / Italian bread. | Okay. Italian bread is on your shopping list.
            Create a list called chores. / Cleaning. | Okay. Cleaning is on your chores list.
            What is the first note you have? | Sorry, I cannot help with that.
            I can't come up with a name. | Sorry, I cannot help with that.
            I can't make it work. | Sorry, I cannot help with that.
            What time is it? I want to drop by the bank. | It is 7:05 am.
            Create a list called errands. / I want to stop by the bank. / What is on my errands list? | Your errands list is empty.
            Make a note. / I need to stop by the bank. / What are my notes? | You asked me to remember: you need to stop by the bank.
            Remind me at three to call mum. / Make it four. | Okay. I will remind you at 4:00 pm: call mum.
            Set an alarm for 7 pm. / Make it seven tomorrow morning. | Okay. The alarm is set for 7:00 am tomorrow.
            Wake me at 8. / Make it nine in the evening. | Okay. The alarm is set for 9:00 pm.
            Set an alarm for 8 am. / Wake me tomorrow at 9. / Make it ten. / What timers are running? | There is one timer, with 55 minutes left until the alarm at 8:00 am.
            Set a timer for ten minutes. / Set a timer for 30 hours. / Make it fifteen. / What timers are running? | There is one timer, with 10 minutes left.
            Add milk to my list. / Start a shopping list. / Never mind. / What is on my list? | On your shopping list: milk.
            Add milk to my list. / Is milk on my list? | Yes, milk is on your shopping list.
            Add milk to my list. / Do I have bread on my list? | No, bread is not on your shopping list.
            Add milk and eggs to my list. / How many things are on my list? | On your shopping list: milk and eggs.
            What's the next holiday? | Thanksgiving is on Thursday, November 26, 2026.
            Is there a holiday this week? | Thanksgiving is on Thursday, November 26, 2026.
            How many weeks until Christmas? | It is 4 weeks and 4 days until Christmas.
            How many sleeps until Christmas? | It is 32 days until Christmas.
            How many days from today until March first? | It is 98 days until March 1.
            How many days are left this year? | 39 days are left this year, with today.
            What day of the week is January first? | That is on Friday, January 1, 2027.
            What is the date in three weeks? | That will be Monday, December 14, 2026.
            What was the date two weeks ago? | That was Monday, November 9, 2026.
            How many days until my birthday? | I do not know your birthday. Ask me how many days it is until a date.
            What is two plus two? / I didn't get that. | 2 + 2 is 4.
            What is two plus two? / Could you repeat the last part? | 2 + 2 is 4.
            Convert 5 miles to kilometers. / I mean yards. | 5 miles is 8,800 yards.
            Convert 5 miles to kilometers. / No, six. | 6 miles is about 9.66 kilometers.
            Play some music. / Play some music. | That is still beyond me.
            Play some music. / Play some music. / Play some music. | I cannot play music or sing.
            Play some music. / Repeat that. | I cannot play music or sing.
            What is the weather in Rome and Madrid? | I cannot check the weather here.
            What is the weather in Rome? / And in Madrid? / What is the weather in Oslo? | I cannot check the weather here.
            Convert 5 miles to kilometers. / Make it 10. | 10 miles is about 16.09 kilometers.
            Convert 5 miles to kilometers. / No, I meant six yards. | 6 yards is about 0.00549 kilometers.
            How many ounces are in a liter? | 1 liter is about 33.81 fluid ounces.
            What time is it in Tokyo and London? | In Tokyo, it is 3:05 pm. In London, it is 6:05 am.
            What time is it in Tokyo London and New York? | In Tokyo, it is 3:05 pm. In London, it is 6:05 am. In New York, it is 1:05 am.
            Time in new york los angeles and hong kong please | In New York, it is 1:05 am. In Los Angeles, it is 10:05 pm, on Sunday. In Hong Kong, it is 2:05 pm.
            What time is it in Portland Oregon and Boston? | In Portland, it is 10:05 pm, on Sunday. In Boston, it is 1:05 am.
            What time is it in Trinidad and Tobago? | Sorry. I do not know a place called Trinidad and tobago.
            """)
    void answers(String said, String answer) {
        assertThat(DialogueScript.last(List.of(said.split(" / ", -1)))).isEqualTo(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"The alarm went off at seven.", "I wake up at seven.", "He was alarmed.",
            "The list is long.", "I have a long list of things.", "Add salt to the water.",
            "Put the milk in the fridge.", "Remove the lid.", "It is easter.", "Easter was nice.",
            "When is the meeting?", "The coin fell down.", "He rolled the dice on that.",
            "Spell check is useful.", "Make it fifteen.", "No, five minutes.", "I meant twenty.",
            "And bread.", "Remove milk.", "Two dice.", "Random.", "How long until dinner?", "Wake up.",
            "List.", "When is the next bus?", "What is on television?", "Will you marry me tomorrow?"})
    void callsNoToolWithoutARequest(String said) {
        assertThat(DialogueScript.call(said)).isEqualTo("-");
    }
}
