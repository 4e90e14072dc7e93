"""French for what happens to returns and for what they say."""

ASKED = "Chiffres demandés"
REMINDED = "Rappel envoyé"
GIVEN = "Chiffres donnés"
CORRECTED = "Chiffres corrigés"
