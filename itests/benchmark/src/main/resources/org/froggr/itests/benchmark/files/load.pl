#!/usr/bin/perl
# Does one kind of work in the current directory and prints how many microseconds one piece of it took.
# Only the work itself is timed: no start of a program, no making of names.
use strict;
use warnings;
use Fcntl qw(O_WRONLY O_CREAT O_EXCL);
use Time::HiRes qw(clock_gettime CLOCK_MONOTONIC);

my $start;

sub begin { $start = clock_gettime(CLOCK_MONOTONIC) }

sub done {
    my $pieces = shift;
    printf "%.4f\n", (clock_gettime(CLOCK_MONOTONIC) - $start) * 1e6 / $pieces;
}

sub names {
    my ($directories, $files) = @_;
    return map { my $d = $_; map { sprintf "tree/d%03d/f%03d", $d, $_ } 0 .. $files - 1 } 0 .. $directories - 1;
}

my %work = (
    create => sub {
        my ($directory, $count) = @_;
        my @names = map { "$directory/n$_" } 1 .. $count;
        mkdir $directory or die "$directory: $!\n";
        begin();
        for (@names) {
            sysopen my $file, $_, O_WRONLY | O_CREAT | O_EXCL or die "$_: $!\n";
            close $file;
        }
        done($count);
    },
    unlink => sub {
        my ($directory, $count) = @_;
        my @names = map { "$directory/n$_" } 1 .. $count;
        begin();
        for (@names) { unlink or die "$_: $!\n" }
        done($count);
        rmdir $directory or die "$directory: $!\n";
    },
    # The last of so many passes over the same files.
    stat => sub {
        my ($directories, $files, $passes) = @_;
        my @names = names($directories, $files);
        for (1 .. $passes) {
            begin();
            for (@names) { lstat or die "$_: $!\n" }
        }
        done(scalar @names);
    },
    readdir => sub {
        my ($directory, $passes) = @_;
        my $count = 0;
        begin();
        for (1 .. $passes) {
            opendir my $dir, $directory or die "$directory: $!\n";
            $count++ while defined readdir $dir;
            closedir $dir;
        }
        die "only $count names in $directory\n" if $count <= 2 * $passes;
        done($count);
    },
    # A program, its start included, in microseconds.
    run => sub {
        open STDERR, '>&', \*STDOUT;
        open my $out, '>&', \*STDOUT;
        open STDOUT, '>', '/dev/null';
        begin();
        system(@_) == 0 or die "status $?: @_\n";
        open STDOUT, '>&', $out;
        done(1);
    },
    # Files of the same length and time, each in the next of the branches given.
    fill => sub {
        my ($directories, $files, $wide, @branches) = @_;
        my @names = (names($directories, $files), map { "wide/w$_" } 1 .. $wide);
        for my $branch (@branches) {
            mkdir "$branch/$_" for 'tree', 'wide', 'work', map { sprintf "tree/d%03d", $_ } 0 .. $directories - 1;
            chmod 01777, "$branch/work";
        }
        my $next = 0;
        for (@names) {
            my $name = $branches[$next++ % @branches] . "/$_";
            open my $file, '>', $name or die "$name: $!\n";
            print $file 'x' x 100;
            close $file;
            utime 1e9, 1e9, $name;
        }
    },
);

my $kind = shift;
$work{$kind}->(@ARGV);
