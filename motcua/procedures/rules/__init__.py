"""Pure rules of the catalogue: fees, processes, time limits, online levels, publication, the files of the portal."""
