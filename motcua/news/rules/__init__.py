"""Rules of news: the markup that editors may use, who reads, how long a document must hang, how early a notice comes."""
