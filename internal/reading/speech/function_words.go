package speech

import "strings"

// The closed classes of English words. They are grammar, not vocabulary, and so
// stand here and not in the data files.

func isModal(w string) bool {
	switch w {
	case "would", "should", "may", "might", "can", "could", "must", "cannot", "ought":
		return true
	}
	return false
}

func isBe(w string) bool {
	switch w {
	case "is", "are", "was", "were", "be", "been", "being", "am":
		return true
	}
	return false
}

func isAuxiliary(w string) bool {
	switch w {
	case "will", "shall", "has", "have", "had", "do", "does", "did":
		return true
	}
	return isModal(w) || isBe(w)
}

func isPreposition(w string) bool {
	switch w {
	case "of", "with", "to", "by", "between", "for", "on", "from", "among", "including", "in", "at", "toward",
		"towards", "into", "about", "against", "under", "over", "upon", "through", "throughout", "during", "within",
		"without", "across", "regarding", "concerning", "involving", "alongside", "behind", "beyond", "despite",
		"following", "like", "near", "per", "than", "via", "versus", "such":
		return true
	}
	return false
}

func isSubordinator(w string) bool {
	switch w {
	case "that", "which", "who", "whom", "whose", "where", "when", "whether", "if", "how", "why", "because", "since",
		"although", "though", "while", "whereas", "as", "before", "after", "until", "unless", "what", "whereby",
		"once", "so", "lest":
		return true
	}
	return false
}

// isAdverb reports whether the word may stand between a subject and its verb, or
// a verb and its object, without changing either.
func isAdverb(w string) bool {
	switch w {
	case "also", "again", "further", "both", "each", "once", "more", "today", "yesterday", "still", "therefore",
		"thus", "then", "now", "always", "never", "not", "together", "furthermore", "moreover", "too", "ever", "just",
		"first", "finally", "even", "hereby", "likewise", "meanwhile", "instead", "themselves",
		"himself", "herself", "tonight", "all", "only":
		return true
	case "reply", "rely", "apply", "supply", "july", "ally", "family", "italy", "comply", "rally", "early",
		"assembly", "anomaly", "daily", "multiply", "imply":
		return false
	}
	return len(w) > 4 && strings.HasSuffix(w, "ly")
}
