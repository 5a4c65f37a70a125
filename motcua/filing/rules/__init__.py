"""Filing online, as far as values decide it: steps, parts of files, who the applicant is, how long a draft lives."""
