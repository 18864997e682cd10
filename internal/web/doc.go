// Package web shows an archive to people with a browser, and answers programs in
// JSON, over HTTP.
//
// A [Server] is a handler over a [Source]. It keeps what it derived from the source
// (releases with their topics, comparisons, laid-out pages) for as long as the
// source has nothing newer, so that a page costs no reading of the store; see
// library. Pages are templates filled from one struct each, written into memory
// first, cleaned of characters that could deceive a reader, and sent whole. They
// need no script: the little there is makes search answer while typing and adds
// keys. Addresses of pages are made of ids and stay valid.
//
// The server trusts neither its callers nor what it shows: it answers to its own
// names only, changes nothing for another site, forbids whatever a page does not
// need, and gives captured documents out as downloads, never as pages.
package web
