package org.froggr.itests.benchmark.files;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;

/**
 * One kind of work.
 *
 * @param name its line in the table
 * @param unit of the figures
 * @param rate whether more is better
 * @param data whether it moves data; the others are about names and attributes
 * @param eachRound done with all contenders before any of them is measured
 * @param before done with a contender right before it is measured
 * @param measure the work, and what it took
 * @param after tidies up
 */
record Row(
        String name,
        String unit,
        boolean rate,
        boolean data,
        Consumer<List<Mounted>> eachRound,
        Consumer<Mounted> before,
        ToDoubleFunction<Mounted> measure,
        Consumer<Mounted> after) {

    static Row rate(String name, String unit, ToDoubleFunction<Mounted> measure) {
        return new Row(name, unit, true, true, all -> {}, mounted -> {}, measure, mounted -> {});
    }

    static Row time(String name, String unit, ToDoubleFunction<Mounted> measure) {
        return new Row(name, unit, false, false, all -> {}, mounted -> {}, measure, mounted -> {});
    }

    Row eachRound(Consumer<List<Mounted>> action) {
        return new Row(name, unit, rate, data, action, before, measure, after);
    }

    Row before(Consumer<Mounted> action) {
        return new Row(name, unit, rate, data, eachRound, action, measure, after);
    }

    Row after(Consumer<Mounted> action) {
        return new Row(name, unit, rate, data, eachRound, before, measure, action);
    }

    /** Whether one measurement takes a second rather than milliseconds. */
    boolean isLong() {
        return unit.equals("ms");
    }

    /** How fast a figure is beside another one: 2 is twice as fast. */
    double speed(double figure, double reference) {
        return rate ? figure / reference : reference / figure;
    }
}
