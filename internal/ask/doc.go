// Package ask draws together what the comparisons of a series amount to.
//
// [Follow] lays one topic out meeting by meeting, with what is unusual about each
// change ([Novelty]) and how the topic's place on the agenda moved ([Agenda]); the
// result is a [Thread]. [NewMatrix] sets the threads of a series side by side, topics
// by meetings, and [NewBrief] says where each topic stands before the next meeting.
//
// Wording is compared by package diff, and nothing is written here. Like diff, the
// package is pure, and its answers depend on its arguments alone.
package ask
