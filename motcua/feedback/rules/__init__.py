"""Rules of phản ánh, kiến nghị (NĐ 20/2008/NĐ-CP as amended by 48/2013/NĐ-CP and 92/2017/NĐ-CP): values in, values out."""
