"""Why a finding is kept back or weighed otherwise: one module per ground."""
