package org.chatarchiver.console;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** A schedule, a Quartz cron expression in UTC, in words: of the forms that are usual for a connector. */
final class ScheduleWords {
    private static final List<String> DAYS =
            List.of("Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday");

    private ScheduleWords() {}

    /** The expression itself where it is of no usual form. */
    static String of(String schedule) {
        String[] fields = schedule.strip().toUpperCase(Locale.ROOT).split("\\s+");
        boolean everyYear = fields.length == 6 || fields.length == 7 && "*".equals(fields[6]);
        Optional<Integer> second = number(fields[0], 59);
        if (!everyYear || second.isEmpty() || !"*".equals(fields[4])) {
            return schedule;
        }
        String atSecond = second.get() == 0 ? "" : ", at second " + second.get();
        Optional<String> days = days(fields[3], fields[5]);
        return days.flatMap(on -> often(fields[1], fields[2])
                        .map(often -> on.isEmpty() ? often : often + ", " + on)
                        .or(() ->
                                times(fields[1], fields[2]).map(at -> (on.isEmpty() ? "every day" : on) + " at " + at)))
                .map(words -> words + atSecond)
                .orElse(schedule);
    }

    /** More than once a day, by a pause. */
    private static Optional<String> often(String minutes, String hours) {
        if ("*".equals(hours)) {
            if ("*".equals(minutes) || step(minutes).filter(step -> step == 1).isPresent()) {
                return Optional.of("every minute");
            }
            return step(minutes).map(step -> "every " + step + " minutes").or(() -> number(minutes, 59)
                    .map(past -> past == 0 ? "every hour on the hour" : "every hour at " + past + " minutes past"));
        }
        return step(hours).flatMap(step -> number(minutes, 59)
                .map(past ->
                        (step == 1 ? "every hour" : "every " + step + " hours") + " from " + time(0, past) + " UTC"));
    }

    private static Optional<String> times(String minutes, String hours) {
        Optional<Integer> minute = number(minutes, 59);
        List<String> times = new ArrayList<>();
        for (String one : hours.split(",")) {
            Optional<Integer> hour = number(one, 23);
            if (minute.isEmpty() || hour.isEmpty()) {
                return Optional.empty();
            }
            times.add(time(hour.get(), minute.get()));
        }
        return Optional.of(listed(times) + " UTC");
    }

    /** Empty text for every day. */
    private static Optional<String> days(String ofMonth, String ofWeek) {
        boolean anyOfMonth = ofMonth.equals("*") || ofMonth.equals("?");
        boolean anyOfWeek = ofWeek.equals("*") || ofWeek.equals("?");
        if (anyOfMonth && anyOfWeek) {
            return Optional.of("");
        }
        if (anyOfMonth) {
            return weekdays(ofWeek);
        }
        if (!anyOfWeek) {
            return Optional.empty();
        }
        return ofMonth.equals("L")
                ? Optional.of("on the last day of every month")
                : number(ofMonth, 31).map(day -> "on day " + day + " of every month");
    }

    private static Optional<String> weekdays(String field) {
        String[] range = field.split("-");
        if (range.length == 2) {
            return day(range[0]).flatMap(first -> day(range[1]).map(last -> first + " to " + last));
        }
        List<Optional<String>> days =
                Arrays.stream(field.split(",")).map(ScheduleWords::day).toList();
        return days.stream().allMatch(Optional::isPresent)
                ? Optional.of("every "
                        + listed(days.stream().flatMap(Optional::stream).toList()))
                : Optional.empty();
    }

    private static Optional<String> day(String text) {
        return DAYS.stream()
                .filter(day -> day.substring(0, 3).toUpperCase(Locale.ROOT).equals(text))
                .findFirst()
                .or(() -> number(text, 7).filter(number -> number > 0).map(number -> DAYS.get(number - 1)));
    }

    private static Optional<Integer> step(String field) {
        return field.matches("(\\*|0)/[1-9]\\d?")
                ? Optional.of(Integer.valueOf(field.split("/")[1]))
                : Optional.empty();
    }

    private static Optional<Integer> number(String field, int largest) {
        return field.matches("\\d{1,2}")
                ? Optional.of(Integer.valueOf(field)).filter(it -> it <= largest)
                : Optional.empty();
    }

    private static String time(int hour, int minute) {
        return two(hour) + ":" + two(minute);
    }

    private static String two(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static String listed(List<String> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        return parts.subList(0, parts.size() - 1).stream().collect(Collectors.joining(", ")) + " and "
                + parts.get(parts.size() - 1);
    }
}
