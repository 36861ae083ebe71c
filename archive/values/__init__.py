"""What every question returns: frozen values without behaviour. No row of the database leaves the archive, one of these does."""
