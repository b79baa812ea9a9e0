# Wat de functies voor schrijvers van regels zeggen, in het Nederlands.
