package org.chatarchiver.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScheduleWordsTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0 15 2 * * ? | every day at 02:15 UTC
            0 0 2,14 * * ? | every day at 02:00 and 14:00 UTC
            0 0 0,8,16 ? * * | every day at 00:00, 08:00 and 16:00 UTC
            0 * * * * ? | every minute
            30 * * * * ? | every minute, at second 30
            5 0/15 * * * ? | every 15 minutes, at second 5
            30 15 2 * * ? | every day at 02:15 UTC, at second 30
            0 0/15 * * * ? | every 15 minutes
            0 */5 * * * ? * | every 5 minutes
            0 0 * * * ? | every hour on the hour
            0 7 * * * ? | every hour at 7 minutes past
            0 30 0/6 * * ? | every 6 hours from 00:30 UTC
            0 15 2 ? * MON-FRI | Monday to Friday at 02:15 UTC
            0 15 2 ? * 2-6 | Monday to Friday at 02:15 UTC
            0 15 2 ? * sun | every Sunday at 02:15 UTC
            0 15 2 ? * MON,WED,FRI | every Monday, Wednesday and Friday at 02:15 UTC
            0 0/30 * ? * SAT,SUN | every 30 minutes, every Saturday and Sunday
            0 15 2 1 * ? | on day 1 of every month at 02:15 UTC
            0 15 2 L * ? | on the last day of every month at 02:15 UTC
            """)
    void usualFormsAreSaidInWords(String schedule, String words) {
        assertThat(ScheduleWords.of(schedule)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "*/30 * * * * ?",
                "* * * * * ?",
                "60 * * * * ?",
                "0 15 2 * JAN ?",
                "0 15 2 * * ? 2027",
                "0 15-20 2 * * ?",
                "0 15 2 ? * 6#3",
                "0 15 2 ? * FRIL",
                "0 15 2 LW * ?",
                "0 0 8-18 * * ?",
                "0 15 2 1 * MON",
                "0 5/15 * * * ?",
                "nonsense",
                ""
            })
    void whatIsOfNoUsualFormStaysAsItIs(String schedule) {
        assertThat(ScheduleWords.of(schedule)).isEqualTo(schedule);
    }
}
