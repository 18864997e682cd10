// Package ask answers the questions that the product is asked: for each a file, with a
// struct that holds the answer and a function that makes it out of releases and
// comparisons. The JSON encoding of the struct is what scripts read (docs/json.md);
// package show writes it down for people. Fields without a place in JSON are for those
// who write.
//
// [Follow] lays one topic out meeting by meeting, with what is unusual about each
// change ([Novelty]) and how the topic's place on the agenda moved ([Agenda]): a
// [Thread], of which [Timeline], [Matrix] and [Brief] are made.
//
// Wording is compared by package diff, and nothing is written here. Like diff, the
// package is pure, and its answers depend on its arguments alone.
package ask
