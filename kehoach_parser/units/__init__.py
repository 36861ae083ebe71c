"""Units (cơ quan, đơn vị): named in a text, with an identity that other plans share; what became of each."""
